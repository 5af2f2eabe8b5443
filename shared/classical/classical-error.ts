/** Features or a classifier that cannot be had as asked for; the message says what to change. */
export class ClassicalError extends Error {
  override readonly name = 'ClassicalError';
}
