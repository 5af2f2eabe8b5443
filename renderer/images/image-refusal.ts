import type { BenchNotice } from '../state/bench/notice.ts';

/** An image that cannot be used, with the reason for panels to word. */
export class ImageRefusal extends Error {
  override readonly name = 'ImageRefusal';
  readonly notice: BenchNotice;

  constructor(notice: BenchNotice) {
    super(`${notice.subject}: ${notice.code}${notice.detail === undefined ? '' : ` (${notice.detail})`}`);
    this.notice = notice;
  }
}
