// How fast this machine multiplies float32 matrices with the same library: what AlexNet's speed is held against. Run by peer.mjs; an “image” is 10⁹ multiplications and additions.
import tf from '@tensorflow/tfjs-node-gpu';
import { createInterface } from 'node:readline';

const side = 2048;
const a = tf.randomUniform([side, side]);
const b = tf.randomUniform([side, side]);
const multiply = () => {
  const product = tf.matMul(a, b);
  product.dataSync();
  product.dispose();
};

multiply();
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const seconds = Number(line.split(' ')[1]);
  const began = performance.now();
  let done = 0;
  while (performance.now() - began < seconds * 1000) {
    multiply();
    done += (2 * side ** 3) / 1e9;
  }
  process.stdout.write(`${JSON.stringify({ images: done, seconds: (performance.now() - began) / 1000 })}\n`);
}
