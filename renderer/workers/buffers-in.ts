/** The buffers of all typed arrays in a value of plain objects and arrays, each once. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const visit = (part: unknown): void => {
    if (ArrayBuffer.isView(part)) {
      if (part.buffer instanceof ArrayBuffer) found.add(part.buffer);
    } else if (Array.isArray(part)) {
      // Numbers by the hundred: only what may hold an array is looked at.
      for (const item of part) if (typeof item === 'object') visit(item);
    } else if (part && typeof part === 'object') Object.values(part).forEach(visit);
  };
  visit(value);
  return [...found];
}
