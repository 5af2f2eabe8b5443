import type { Answer, RefusalCode, Request, WorkerEvent } from '../../shared/contract.ts';
import type { Channel } from '../ports/worker-port.ts';

/** How long an answer may take: a deep network that is being built is waited for. */
export const answerMillis = 60_000;

/** Why something of the network in training could not be had: the worker refused it; it went, or was replaced, before it answered; it did not answer in time. */
export type LearnedErrorCode = RefusalCode | 'worker-gone' | 'no-answer';

export class LearnedError extends Error {
  override readonly name = 'LearnedError';
  readonly code: LearnedErrorCode;
  constructor(code: LearnedErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

type AnswerOf<Type extends Answer['type']> = Extract<Answer, { type: Type }>;
/** A request before it has its number. */
type Question<R = Request> = R extends Request ? Omit<R, 'request'> : never;
type Waiting = {
  readonly settle: (answer: Answer | LearnedError) => void;
  readonly timer: ReturnType<typeof setTimeout>;
};

/** What the worker is asked and has not answered yet. Every promise is settled: what is not granted rejects with a LearnedError. */
export class Requests {
  readonly #channel: () => Channel | null;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  /** @param channel the line to the worker as it is now; null while there is none. */
  constructor(channel: () => Channel | null) {
    this.#channel = channel;
  }

  /** @param expected the answer's type. */
  ask<Type extends Answer['type']>(question: Question, expected: Type): Promise<AnswerOf<Type>> {
    return new Promise((resolve, reject) => {
      const channel = this.#channel();
      if (!channel) {
        reject(new LearnedError('worker-gone', 'There is no worker to ask'));
        return;
      }
      const request = (this.#last += 1);
      const settle = (answer: Answer | LearnedError): void => {
        clearTimeout(this.#waiting.get(request)?.timer);
        this.#waiting.delete(request);
        if (answer instanceof LearnedError) reject(answer);
        else if (isOf(answer, expected)) resolve(answer);
        else if (answer.type === 'refused') reject(new LearnedError(answer.code, answer.message));
        else reject(new LearnedError('native', `The worker answered ${question.type} with ${answer.type}`));
      };
      const late = () => settle(new LearnedError('no-answer', `The worker did not answer ${question.type}`));
      this.#waiting.set(request, { settle, timer: setTimeout(late, answerMillis) });
      channel.send({ ...question, request });
    });
  }

  receive(event: WorkerEvent): void {
    if ('request' in event) this.#waiting.get(event.request)?.settle(event);
  }

  /** The worker is gone, and with it all that was asked of it. */
  forget(): void {
    for (const { settle } of this.#waiting.values()) {
      settle(new LearnedError('worker-gone', 'The worker went before it answered'));
    }
  }
}

function isOf<Type extends Answer['type']>(answer: Answer, type: Type): answer is AnswerOf<Type> {
  return answer.type === type;
}
