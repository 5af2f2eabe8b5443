import type { RefusalCode } from '../../shared/contract.ts';

/** A request that cannot be granted: the run goes on as if it had not been made. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}
