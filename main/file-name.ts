/** Names that mean a device on Windows, whatever stands after their first dot. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)$/i;

/** Bytes of UTF-8 that a name may have on every file system that we know of, with room for " (2)" and the like. */
const mostBytes = 240;

/**
 * A name that one file in one folder can have on Windows, macOS and Linux, made of `suggested`: no path, no control or direction
 * characters (a name must not look like another), none of the characters Windows keeps for itself, no dot in front.
 */
export function fileNameFromSuggestion(suggested: string, extension: string): string {
  const ending = `.${extension}`;
  const stem = suggested.toLowerCase().endsWith(ending) ? suggested.slice(0, -ending.length) : suggested;
  const clean = stem
    .normalize('NFC')
    // Half of a surrogate pair is no character.
    .replace(/\p{Cs}/gu, '')
    .replace(/[/\\:*?"<>|]/g, '-')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const short = shortened(clean, mostBytes - ending.length).trimEnd();
  const named = short === '' ? 'convolens' : short;
  return `${reserved.test(named.split('.')[0]!.trim()) ? `_${named}` : named}${ending}`;
}

/** As many whole characters from the start as fit into so many bytes. */
function shortened(text: string, bytes: number): string {
  let kept = '';
  let left = bytes;
  for (const character of text) {
    left -= new TextEncoder().encode(character).length;
    if (left < 0) break;
    kept += character;
  }
  return kept;
}
