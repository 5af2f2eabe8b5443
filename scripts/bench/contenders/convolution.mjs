/**
 * A process that does what the bench does when a number of a kernel is changed: the map, its activation, both poolings, their difference and
 * all that is said of them. Told `{ contender, size, seconds }`, it answers with a turn.
 *
 * Started with the file that the bench's arithmetic was built into.
 */
import { pathToFileURL } from 'node:url';

const side = 512;
const pooled = 2;
/** @type {typeof import('../../../shared/bench/compute.ts')} */
const { compute } = await import(pathToFileURL(process.argv[2]).href);

const image = Float32Array.from({ length: side * side }, (_, i) => Math.abs(Math.sin(i) * 43758.5453) % 1);
/** @param {number} size */
const weightsOf = (size) => Array.from({ length: size * size }, (_, i) => Math.sin(i * i + 1));

/** @type {Record<string, (size: number) => () => unknown>} */
const contenders = { lab, naive };

/** @param {number} size */
function lab(size) {
  /** @type {import('../../../shared/bench/experiment.ts').Experiment} */
  const experiment = {
    image: { source: 'sample', id: 'boats' },
    side,
    colour: 'grey',
    kernels: [{ origin: { kind: 'own' }, height: size, width: size, channels: 1, weights: weightsOf(size) }],
    chosen: 0,
    together: 'apart',
    operation: {
      stride: 1,
      padding: 'same',
      padMode: 'zero',
      padValue: 0,
      dilation: 1,
      bias: 0,
      activation: 'abs',
      sense: 'correlation',
    },
    pooling: { left: 'max', right: 'average', size: pooled, stride: pooled, seed: 1, coefficient: 1, bias: 0 },
  };
  const planes = [{ height: side, width: side, values: image }];
  return () => compute(experiment, { height: side, width: side, planes });
}

/**
 * The same as one writes it down first: a loop a letter of the formula, and a look at each pixel whether it is there.
 *
 * @param {number} size
 */
function naive(size) {
  const weights = weightsOf(size);
  const before = (size - 1) >> 1;
  const half = side / pooled;
  return () => {
    const map = new Float32Array(side * side);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        let sum = 0;
        for (let dy = 0; dy < size; dy++) {
          for (let dx = 0; dx < size; dx++) {
            const row = y + dy - before;
            const column = x + dx - before;
            if (row < 0 || column < 0 || row >= side || column >= side) continue;
            sum += weights[dy * size + dx] * image[row * side + column];
          }
        }
        map[y * side + x] = Math.abs(sum);
      }
    }
    const largest = new Float32Array(half * half);
    const mean = new Float32Array(half * half);
    for (let y = 0; y < half; y++) {
      for (let x = 0; x < half; x++) {
        let max = -Infinity;
        let sum = 0;
        for (let dy = 0; dy < pooled; dy++) {
          for (let dx = 0; dx < pooled; dx++) {
            const value = map[(y * pooled + dy) * side + x * pooled + dx];
            max = Math.max(max, value);
            sum += value;
          }
        }
        largest[y * half + x] = max;
        mean[y * half + x] = sum / pooled ** 2;
      }
    }
    return { map, largest, mean };
  };
}

process.on(
  'message',
  (/** @type {{ contender: string, size: number, seconds: number }} */ { contender, size, seconds }) => {
    const update = contenders[contender](size);
    // The first ones are compiled while they run.
    for (let warm = 0; warm < 5; warm++) update();
    const begun = performance.now();
    let images = 0;
    let took = 0;
    while (took < seconds) {
      update();
      images += 1;
      took = (performance.now() - begun) / 1000;
    }
    process.send?.({ images, seconds: took });
  },
);
process.on('disconnect', () => process.exit());
