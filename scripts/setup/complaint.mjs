/** An error of the set-up that a reader can act on: its message is the cause, and `next` is the thing to try. */
export class Complaint extends Error {
  /**
   * @param {string} message what happened and why, a sentence
   * @param {string} next the next thing to try, a sentence
   */
  constructor(message, next) {
    super(message);
    this.name = 'Complaint';
    this.next = next;
  }
}

/**
 * What an error says: for a Complaint both of its sentences.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function sentenceFromError(error) {
  if (error instanceof Complaint) return `${error.message} ${error.next}`;
  return error instanceof Error ? error.message : String(error);
}
