// The stock Layers API of tfjs, as a user would train LeNet-5 with it, on the same library with oneDNN on. Run by peer.mjs.
import tf from '@tensorflow/tfjs-node-gpu';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const [datasets, batchText] = process.argv.slice(2);
const batch = Number(batchText);
const images = 60_000;
const side = 28;

const pixels = readFileSync(join(datasets, 'mnist', 'train-images-idx3-ubyte')).subarray(16);
const answers = readFileSync(join(datasets, 'mnist', 'train-labels-idx1-ubyte')).subarray(8);
const x = tf.tidy(() => tf.tensor4d(Float32Array.from(pixels), [images, side, side, 1]).div(255));
const y = tf.tensor1d(Float32Array.from(answers));

const { conv2d, averagePooling2d, flatten, dense } = tf.layers;
const activation = 'sigmoid';
const model = tf.sequential({
  layers: [
    conv2d({ inputShape: [side, side, 1], filters: 6, kernelSize: 5, padding: 'same', activation }),
    averagePooling2d({ poolSize: 2, strides: 2 }),
    conv2d({ filters: 16, kernelSize: 5, activation }),
    averagePooling2d({ poolSize: 2, strides: 2 }),
    flatten(),
    dense({ units: 120, activation }),
    dense({ units: 84, activation }),
    dense({ units: 10, activation: 'softmax' }),
  ],
});
model.compile({ optimizer: tf.train.momentum(0.1, 0.9), loss: 'sparseCategoricalCrossentropy' });

let at = 0;
async function step() {
  const [xs, ys] = tf.tidy(() => [x.slice(at, batch), y.slice(at, batch)]);
  await model.trainOnBatch(xs, ys);
  tf.dispose([xs, ys]);
  at = at + 2 * batch > images ? 0 : at + batch;
}

for (let i = 0; i < 15; i += 1) await step();
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const seconds = Number(line.split(' ')[1]);
  const began = performance.now();
  let done = 0;
  while (performance.now() - began < seconds * 1000) {
    await step();
    done += batch;
  }
  process.stdout.write(`${JSON.stringify({ images: done, seconds: (performance.now() - began) / 1000 })}\n`);
}
