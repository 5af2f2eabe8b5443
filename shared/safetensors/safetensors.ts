/** Types of numbers that we write, with their bytes: those that we read, too. */
export const dtypes = { F32: 4, U8: 1 } as const;
export type Dtype = keyof typeof dtypes;

/** A tensor in a file: its numbers, little-endian and in C order, take `bytes`. */
export type StoredTensor = { readonly dtype: Dtype; readonly shape: readonly number[]; readonly bytes: Uint8Array };

/** What a file holds, tensors in the order of their bytes. */
export type Safetensors = {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** `__metadata__`: text about the file, by name. */
  readonly metadata: Readonly<Record<string, string>>;
};

/** The entry that is no tensor. */
export const metadataKey = '__metadata__';

/** A header begins after its length, a uint64. */
export const lengthBytes = 8;

/** What is wrong with a file, for those who tell one fault from another. */
export type SafetensorsFault =
  'too-short' | 'header-too-large' | 'header-invalid' | 'duplicate-name' | 'unknown-dtype' | 'wrong-offsets';

/** A file that is not what it says it is. The message names the file and what is wrong, in a sentence. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
  readonly code: SafetensorsFault;
  constructor(code: SafetensorsFault, file: string, what: string) {
    super(`${file} is no safetensors file that can be read: ${what}`);
    this.code = code;
  }
}
