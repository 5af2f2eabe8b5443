import { frameLayout } from '../../../../shared/frame/layout.ts';

/**
 * Frames of a network as its worker packs them, every byte of each different from the one before: soft waves, as maps have them, that move.
 *
 * @param {import('../../../../shared/network/shapes.ts').NetworkTrace} trace
 * @param {number} count
 * @returns {Uint8Array[]}
 */
export function movingFrames(trace, count) {
  const { parts, bytes } = frameLayout(trace);
  return Array.from({ length: count }, (_, time) => {
    const frame = new Uint8Array(bytes);
    const ranges = new DataView(frame.buffer);
    for (const part of parts) {
      const cells = part.height * part.width;
      for (let plane = 0; plane < part.planes; plane += 1) {
        const at = (part.rangesIndex + 2 * plane) * 4;
        ranges.setFloat32(at, part.part === 'kernels' ? -1 : 0, true);
        ranges.setFloat32(at + 4, 1 + ((plane + time) % 7) / 7, true);
        const start = part.valuesOffset + plane * cells;
        const [across, down] = [0.15 + (plane % 5) * 0.13, 0.11 + (plane % 7) * 0.09];
        for (let row = 0; row < part.height; row += 1) {
          for (let column = 0; column < part.width; column += 1) {
            const wave = Math.sin(across * column + time * 1.7 + plane) * Math.cos(down * row - time * 0.9);
            frame[start + row * part.width + column] = 127.5 + 127 * wave;
          }
        }
      }
    }
    return frame;
  });
}
