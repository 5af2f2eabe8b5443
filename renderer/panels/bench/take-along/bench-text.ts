import { longestSavedBench } from '../../../../shared/bench/saved-bench.ts';
import { base64UrlFromBytes, bytesFromBase64Url } from './base64-url.ts';

/** What a bench begins with as text, for a mail or a worksheet: this, then the saved bench, deflated, in base64url. */
const prefix = 'convolens-bench:1:';

/** With a checksum (RFC 1950), which the raw format has not: a letter that was changed on the way changes no number unnoticed. */
const format = 'deflate';

/** Whether a text is meant to be a bench, of this version or of another. */
export function isBenchText(text: string): boolean {
  return /^\s*convolens-bench:/.test(text.slice(0, 1000));
}

/** A saved bench as one line of text. */
export async function benchTextFromSaved(saved: string): Promise<string> {
  const deflated = new Blob([saved]).stream().pipeThrough(new CompressionStream(format));
  return `${prefix}${base64UrlFromBytes(new Uint8Array(await new Response(deflated).arrayBuffer()))}`;
}

/**
 * The saved bench in a text, whatever line breaks and spaces it caught on its way. `newer`: of a version that came later;
 * `damaged`: cut off, or changed; `too-long`: it would become larger than any bench.
 */
export async function savedFromBenchText(
  text: string,
): Promise<{ readonly saved: string } | { readonly problem: 'newer' | 'damaged' | 'too-long' }> {
  const [, version, body] = /^convolens-bench:(\d+):(.*)$/.exec(text.replace(/\s+/g, '')) ?? [];
  if (version === undefined || body === undefined) return { problem: 'damaged' };
  if (Number(version) > 1) return { problem: 'newer' };
  try {
    const saved = await inflated(bytesFromBase64Url(body), longestSavedBench);
    return saved === null ? { problem: 'too-long' } : { saved };
  } catch {
    return { problem: 'damaged' };
  }
}

/** Null once it is longer than `most` bytes: a few thousand bytes may inflate to any size, and are read no further. */
async function inflated(bytes: Uint8Array<ArrayBuffer>, most: number): Promise<string | null> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > most) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}
