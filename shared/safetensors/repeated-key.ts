/**
 * The first key that stands twice in one object of a JSON text; undefined where none does. `JSON.parse` takes the last one in silence.
 *
 * @param json that `JSON.parse` takes.
 */
export function repeatedKey(json: string): string | undefined {
  // Of what is open, an object's keys; null for an array.
  const open: (Set<string> | null)[] = [];
  for (const [token, string, colon] of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (string !== undefined && colon !== undefined) {
      // One key may be written in several ways, with escapes.
      const key = JSON.parse(string) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return undefined;
}
