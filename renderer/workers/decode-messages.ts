import type { ByteImage } from '../../shared/dataset/resize.ts';
import type { BenchNotice } from '../state/bench/notice.ts';

/** A file to be decoded; each is answered once. */
export type DecodeRequest = { readonly file: Blob; readonly name: string };
export type DecodeAnswer = { readonly image: ByteImage } | { readonly refusal: BenchNotice };
