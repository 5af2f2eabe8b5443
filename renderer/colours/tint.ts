/** Which bytes of a pixel stay. */
const kept = { red: 0xff0000ff, green: 0xff00ff00, blue: 0xffff0000 } as const;

/** Turns greys into the shades of one channel, from black to its full colour. */
export function tintPixels(pixels: Uint32Array, channel: keyof typeof kept): void {
  for (let i = 0; i < pixels.length; i++) pixels[i] = (pixels[i]! & kept[channel]) >>> 0;
}

/** Whether dark letters are read better on it than light ones (WCAG 2.1's relative luminance). */
export function isLightPixel(pixel: number): boolean {
  const linear = (byte: number): number => (byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
  const luminance =
    0.2126 * linear(pixel & 255) + 0.7152 * linear((pixel >> 8) & 255) + 0.0722 * linear((pixel >> 16) & 255);
  return luminance > 0.18;
}
