// The stock Layers API of tfjs, as a user would train with it, on the same library with oneDNN on and random images of the right shape.
// Run by peer.mjs: layers-api.mjs NETWORK BATCH.
import tf from '@tensorflow/tfjs-node-gpu';
import { createInterface } from 'node:readline';

const [network, batchText] = process.argv.slice(2);
const batch = Number(batchText);
const { conv2d, averagePooling2d, maxPooling2d, zeroPadding2d, flatten, dense, dropout } = tf.layers;

function lenet5() {
  const activation = 'sigmoid';
  return [
    conv2d({ inputShape: [28, 28, 1], filters: 6, kernelSize: 5, padding: 'same', activation }),
    averagePooling2d({ poolSize: 2, strides: 2 }),
    conv2d({ filters: 16, kernelSize: 5, activation }),
    averagePooling2d({ poolSize: 2, strides: 2 }),
    flatten(),
    dense({ units: 120, activation }),
    dense({ units: 84, activation }),
    dense({ units: 10, activation: 'softmax' }),
  ];
}

/** As in torchvision: 64-192-384-256-256, no normalisation, no groups. */
function alexnet() {
  const activation = 'relu';
  const pool = () => maxPooling2d({ poolSize: 3, strides: 2 });
  const conv = (/** @type {number} */ filters, /** @type {number} */ kernelSize) =>
    conv2d({ filters, kernelSize, padding: 'same', activation });
  return [
    zeroPadding2d({ inputShape: [224, 224, 3], padding: 2 }),
    conv2d({ filters: 64, kernelSize: 11, strides: 4, activation }),
    pool(),
    conv(192, 5),
    pool(),
    conv(384, 3),
    conv(256, 3),
    conv(256, 3),
    pool(),
    flatten(),
    dropout({ rate: 0.5 }),
    dense({ units: 4096, activation }),
    dropout({ rate: 0.5 }),
    dense({ units: 4096, activation }),
    dense({ units: 1000, activation: 'softmax' }),
  ];
}

const isLenet = network === 'lenet5';
const model = tf.sequential({ layers: isLenet ? lenet5() : alexnet() });
model.compile({ optimizer: tf.train.momentum(0.01, 0.9), loss: 'sparseCategoricalCrossentropy' });
const x = tf.randomUniform(isLenet ? [batch, 28, 28, 1] : [batch, 224, 224, 3]);
const y = tf.randomUniform([batch], 0, isLenet ? 10 : 1000, 'int32').toFloat();

for (let i = 0; i < (isLenet ? 15 : 2); i += 1) await model.trainOnBatch(x, y);
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const seconds = Number(line.split(' ')[1]);
  const began = performance.now();
  let done = 0;
  while (done === 0 || performance.now() - began < seconds * 1000) {
    await model.trainOnBatch(x, y);
    done += batch;
  }
  process.stdout.write(`${JSON.stringify({ images: done, seconds: (performance.now() - began) / 1000 })}\n`);
}
