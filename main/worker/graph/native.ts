import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataType, Tensor } from '@tensorflow/tfjs-node-gpu';
import type { Shape } from '../../../shared/tensor/shape.ts';
import type { TensorFlow } from '../tensorflow.ts';

/** What a signature takes: a number is a scalar, a typed array a vector, anything else says its shape. */
export type Feed = number | Int32Array | Float32Array | { readonly values: Float32Array; readonly shape: Shape };

type SavedModel = Awaited<ReturnType<TensorFlow['node']['loadSavedModel']>>;
type Signature = { readonly model: SavedModel; readonly dtypes: Readonly<Record<string, DataType>> };

/**
 * A loaded graph: its signatures share one native session, and so its variables.
 *
 * Calls block the thread until TensorFlow is done.
 */
export class NativeGraph {
  readonly #tf: TensorFlow;
  readonly #signatures: ReadonlyMap<string, Signature>;

  private constructor(tf: TensorFlow, signatures: ReadonlyMap<string, Signature>) {
    this.#tf = tf;
    this.#signatures = signatures;
  }

  /**
   * Loads a SavedModel from bytes this process has made: a graph is a program, so none is read from elsewhere.
   * TensorFlow reads it from a private folder, which is gone when this returns.
   */
  static async load(tf: TensorFlow, savedModel: Uint8Array): Promise<NativeGraph> {
    const folder = await mkdtemp(join(tmpdir(), 'convolens-graph-'));
    try {
      await writeFile(join(folder, 'saved_model.pb'), savedModel, { mode: 0o600 });
      const [graph] = await tf.node.getMetaGraphsFromSavedModel(folder);
      const signatures = new Map<string, Signature>();
      for (const [name, { inputs }] of Object.entries(graph?.signatureDefs ?? {})) {
        const dtypes = Object.fromEntries(Object.entries(inputs).map(([key, { dtype }]) => [key, dtype]));
        signatures.set(name, { model: await tf.node.loadSavedModel(folder, ['serve'], name), dtypes });
      }
      return new NativeGraph(tf, signatures);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /**
   * Runs one signature and gives its outputs by name, copied out.
   * @throws Error with TensorFlow's own message when an input does not fit.
   */
  call(name: string, feeds: Readonly<Record<string, Feed>>): Record<string, Float32Array | Int32Array> {
    const signature = this.#signatures.get(name);
    if (!signature) throw new Error(`The graph has no signature ${name}`);
    const inputs: Record<string, Tensor> = {};
    try {
      for (const [key, feed] of Object.entries(feeds)) {
        const dtype = signature.dtypes[key];
        if (!dtype) throw new Error(`${name} takes no ${key}`);
        inputs[key] = this.#tensor(feed, dtype);
      }
      const outputs = signature.model.predict(inputs) as Record<string, Tensor>;
      const values: Record<string, Float32Array | Int32Array> = {};
      for (const [key, tensor] of Object.entries(outputs)) {
        values[key] = tensor.dataSync() as Float32Array | Int32Array;
        tensor.dispose();
      }
      return values;
    } finally {
      this.#tf.dispose(inputs);
    }
  }

  dispose(): void {
    for (const { model } of this.#signatures.values()) model.dispose();
  }

  /** Of a copy: a tensor shares its array's memory, and a variable assigned from a slice of it would be updated in place there. */
  #tensor(feed: Feed, dtype: DataType): Tensor {
    if (typeof feed === 'number') return this.#tf.scalar(feed, dtype);
    if ('shape' in feed) return this.#tf.tensor(feed.values.slice(), [...feed.shape], dtype);
    return this.#tf.tensor1d(feed.slice(), dtype);
  }
}
