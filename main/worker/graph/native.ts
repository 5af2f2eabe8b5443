import { createHash } from 'node:crypto';
import type { DataType, Tensor } from '@tensorflow/tfjs-node-gpu';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js';
import type { Shape } from '../../../shared/tensor/shape.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { float32, int32, type Output, servingTag, type Type, type WrittenGraph } from './graph.ts';

/** What a signature takes: a number is a scalar, a typed array a vector, anything else says its shape. */
export type Feed = number | Int32Array | Float32Array | { readonly values: Float32Array; readonly shape: Shape };

/**
 * Where TensorFlow reads graphs from: its own file system in this process's memory. A graph is a program: what never lies on the disk
 * nobody changes on its way, and no process leaves it behind, however it ends.
 */
const memory = 'ram://graphs';

/**
 * What lies there, for as long as the process lives: to write a file again adds to it, so that it can be neither emptied nor taken away.
 * Equal graphs share a folder.
 */
const folders = new Set<string>();

/** What a signature may take. */
const dtypes = new Map<Type, DataType>([
  [float32, 'float32'],
  [int32, 'int32'],
]);

/**
 * A loaded graph: its signatures share one native session, and so its variables.
 *
 * It is run by the backend's own functions, which the library's `loadSavedModel` and `predict` call too: those parse the whole
 * SavedModel again in JavaScript for each signature (0.3 to 0.5 s each for 110 layers). Calls block the thread until TensorFlow is done.
 */
export class NativeGraph {
  readonly #tf: TensorFlow;
  readonly #signatures: WrittenGraph['signatures'];
  /** The native session's number. */
  readonly #session: number;

  private constructor(tf: TensorFlow, signatures: WrittenGraph['signatures'], session: number) {
    this.#tf = tf;
    this.#signatures = signatures;
    this.#session = session;
  }

  /**
   * Loads a graph that this process has written: none is read from elsewhere.
   * @throws Error with TensorFlow's own message when it is no graph.
   */
  static load(tf: TensorFlow, { savedModel, signatures }: WrittenGraph): NativeGraph {
    const session = backendOf(tf).loadSavedModelMetaGraph(folderWith(tf, savedModel), servingTag);
    return new NativeGraph(tf, signatures, session);
  }

  /**
   * Runs one signature and gives its outputs by name, copied out.
   * @throws Error with TensorFlow's own message when an input does not fit.
   */
  call(name: string, feeds: Readonly<Record<string, Feed>>): Record<string, Float32Array | Int32Array> {
    const signature = this.#signatures.get(name);
    if (!signature) throw new Error(`The graph has no signature ${name}`);
    const { inputs, outputs } = signature;
    const missing = Object.keys(inputs).find((key) => feeds[key] === undefined);
    if (missing !== undefined) throw new Error(`${name} needs ${missing}`);
    const tensors: Tensor[] = [];
    try {
      const infos = Object.entries(feeds).map(([key, feed]) => {
        const input = inputs[key];
        const dtype = input && dtypes.get(input.tensor.type);
        if (!dtype) throw new Error(`${name} takes no ${key}`);
        tensors.push(this.#tensor(feed, dtype));
        return { name: nameOf(input.tensor), dtype };
      });
      const wanted = Object.values(outputs).map(({ tensor }) => nameOf(tensor));
      const results = backendOf(this.#tf).runSavedModel(this.#session, tensors, infos, wanted);
      const values = results.map((tensor) => tensor.dataSync() as Float32Array | Int32Array);
      for (const tensor of results) tensor.dispose();
      return Object.fromEntries(Object.keys(outputs).map((key, index) => [key, values[index]!]));
    } finally {
      this.#tf.dispose(tensors);
    }
  }

  dispose(): void {
    backendOf(this.#tf).deleteSavedModel(this.#session);
  }

  /** Of a copy: a tensor shares its array's memory, and a variable assigned from a slice of it would be updated in place there. */
  #tensor(feed: Feed, dtype: DataType): Tensor {
    if (typeof feed === 'number') return this.#tf.scalar(feed, dtype);
    if ('shape' in feed) return this.#tf.tensor(feed.values.slice(), [...feed.shape], dtype);
    return this.#tf.tensor1d(feed.slice(), dtype);
  }
}

function backendOf(tf: TensorFlow): NodeJSKernelBackend {
  return tf.backend() as unknown as NodeJSKernelBackend;
}

/** The folder, in memory, from which TensorFlow loads these bytes. */
function folderWith(tf: TensorFlow, savedModel: Uint8Array): string {
  const folder = `${memory}/${createHash('sha256').update(savedModel).digest('hex')}`;
  if (folders.has(folder)) return folder;
  const inputs = [tf.scalar(`${folder}/saved_model.pb`, 'string'), tf.scalar(savedModel, 'string')];
  backendOf(tf).executeMultipleOutputs('WriteFile', [], inputs, 0);
  tf.dispose(inputs);
  folders.add(folder);
  return folder;
}

/** As a session knows it. */
function nameOf({ node, index }: Output): string {
  return `${node}:${index}`;
}
