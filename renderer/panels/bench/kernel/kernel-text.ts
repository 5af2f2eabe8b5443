import { type BenchKernel, largestKernel } from '../../../../shared/bench/experiment.ts';
import { numberFromText } from './typed-number.ts';

export type KernelTextProblem =
  | { readonly code: 'empty' }
  /** `subject` is no number, or too large a one. */
  | { readonly code: 'not-a-weight'; readonly subject: string }
  /** Its rows are of different lengths. */
  | { readonly code: 'ragged' }
  | { readonly code: 'too-large'; readonly height: number; readonly width: number }
  /** Neither one plane of weights nor three. */
  | { readonly code: 'planes'; readonly count: number };

/** A row a line, numbers apart by tabs, as spreadsheets take them; three planes are apart by an empty line. */
export function textFromKernel({ height, width, channels, weights }: BenchKernel): string {
  const plane = (channel: number) =>
    Array.from({ length: height }, (_, row) =>
      Array.from({ length: width }, (__, column) => weights[(row * width + column) * channels + channel]!).join('\t'),
    ).join('\n');
  return Array.from({ length: channels }, (_, channel) => plane(channel)).join('\n\n');
}

/**
 * Reads what people have kernels in: rows of a spreadsheet, of JSON or NumPy (`array([[1, 0], [0, -1]])`), of MATLAB (`1 2; 3 4`); numbers may
 * be fractions (`1/9`).
 */
export function kernelFromText(
  text: string,
): { readonly kernel: BenchKernel } | { readonly problem: KernelTextProblem } {
  const planes = planesFrom(
    text
      .replaceAll('−', '-')
      .replaceAll(/[\w.]*\(|\)/g, ' ')
      .trim(),
  ).map(rowsFrom);
  const [first] = planes;
  if (!first || first.length === 0) return { problem: { code: 'empty' } };
  for (const token of planes.flat(2)) {
    if (numberFromText(token) === null) return { problem: { code: 'not-a-weight', subject: token } };
  }
  if (planes.length !== 1 && planes.length !== 3) return { problem: { code: 'planes', count: planes.length } };
  const [height, width] = [first.length, first[0]!.length];
  const isEven = planes.every((rows) => rows.length === height && rows.every((row) => row.length === width));
  if (!isEven) return { problem: { code: 'ragged' } };
  if (height > largestKernel || width > largestKernel) return { problem: { code: 'too-large', height, width } };
  const weights = first.flatMap((row, y) => row.flatMap((_, x) => planes.map((rows) => numberFromText(rows[y]![x]!)!)));
  return { kernel: { origin: { kind: 'own' }, height, width, channels: planes.length === 3 ? 3 : 1, weights } };
}

function planesFrom(text: string): string[] {
  // Three brackets deep, each pair that closes ends a plane.
  const parts = /\[\s*\[\s*\[/.test(text) ? text.split(/\]\s*\]/) : text.split(/\n\s*\n/);
  return parts.filter((part) => part.replaceAll(/[[\],\s]/g, '') !== '');
}

function rowsFrom(plane: string): string[][] {
  const rows = plane.includes('[') ? plane.split(/[\];]/) : plane.split(/[\n;]/);
  return rows
    .map((row) => row.split(/[[\],;\s]+/).filter((token) => token !== ''))
    .filter((tokens) => tokens.length > 0);
}
