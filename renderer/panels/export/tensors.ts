import type { WatchedImage } from '../../../shared/contract.ts';
import type { MapView } from '../../../shared/frame/view.ts';
import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import type { Learned } from '../../state/learned.svelte.ts';
import type { NamedArray } from './npz.ts';

/** Something of the network that can be saved as numbers: the raw float32 of the worker, not what a frame rounds to bytes. */
export type TensorChoice =
  | { readonly kind: 'maps'; readonly layer: string; readonly of: MapView; readonly shape: readonly number[] }
  | { readonly kind: 'weights'; readonly layer: string; readonly name: string; readonly shape: readonly number[] }
  /** All of the layer's weights, what it gives, and what its activation is given. */
  | { readonly kind: 'layer'; readonly layer: string }
  /** The kernels of all convolutions. */
  | { readonly kind: 'kernels' };

/** Its name for a file and for a program: the same in every language. */
export function idOf(choice: TensorChoice): string {
  switch (choice.kind) {
    case 'maps':
      return `${choice.layer}.${choice.of}`;
    case 'weights':
      return `${choice.layer}.${choice.name}`;
    case 'layer':
      return choice.layer;
    case 'kernels':
      return 'kernels';
    default:
      return choice satisfies never;
  }
}

/** What there is of a layer; `input` is the watched image as the network reads it. */
export function tensorChoices(trace: NetworkTrace, layer: string): readonly TensorChoice[] {
  const all: TensorChoice[] = trace.layers.some(({ spec }) => spec.kind === 'conv') ? [{ kind: 'kernels' }] : [];
  if (layer === 'input') return [{ kind: 'maps', layer, of: 'outputs', shape: trace.spec.input }, ...all];
  const traced = trace.layers.find(({ spec }) => spec.name === layer);
  if (!traced) return all;
  const views: readonly MapView[] = ['outputs', 'sums', 'gradients'];
  return [
    ...views.map((of) => ({ kind: 'maps', layer, of, shape: traced.output }) as const),
    ...[...traced.weights, ...traced.state].map(
      ({ name, shape }) => ({ kind: 'weights', layer, name, shape }) as const,
    ),
    { kind: 'layer', layer },
    ...all,
  ];
}

/** The network learned between two of the tensors that belong together. */
export class TrainingMovedOn extends Error {
  override readonly name = 'TrainingMovedOn';
}

const tries = 4;

type Read = { readonly step: number; readonly arrays: readonly NamedArray[] };
type Source = Pick<Learned, 'readActivations' | 'readWeights' | 'readKernels' | 'layers'>;

/**
 * The arrays of a choice, all after the same step.
 * @throws TrainingMovedOn if the network learns too fast for that. LearnedError as the worker refuses.
 */
export async function readTensors(choice: TensorChoice, learned: Source, image: WatchedImage): Promise<Read> {
  for (let i = 0; i < tries; i++) {
    const read = await readOnce(choice, learned, image);
    if (read) return read;
  }
  throw new TrainingMovedOn('The network learned while its tensors were read');
}

async function readOnce(choice: TensorChoice, learned: Source, image: WatchedImage): Promise<Read | null> {
  const maps = async (layer: string, of: MapView): Promise<Read> => {
    const { shape, values, step } = await learned.readActivations(layer, of, image);
    return { step, arrays: [{ name: of, shape, values }] };
  };
  const weights = async (layer: string): Promise<Read> => {
    const { tensors, step } = await learned.readWeights(layer, null);
    return { step, arrays: tensors };
  };
  switch (choice.kind) {
    case 'maps':
      return await maps(choice.layer, choice.of);
    case 'weights': {
      const { step, arrays } = await weights(choice.layer);
      return { step, arrays: arrays.filter(({ name }) => name === choice.name) };
    }
    case 'layer': {
      const { layer } = choice;
      // Layers without weights say so by refusing.
      const own = weights(layer).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'no-weights') return null;
        throw error;
      });
      return together(await Promise.all([own, maps(layer, 'outputs'), maps(layer, 'sums')]));
    }
    case 'kernels': {
      const reads = learned.layers.map(async ({ name }): Promise<Read> => {
        const { shape, values, step } = await learned.readKernels(name);
        return { step, arrays: [{ name, shape, values }] };
      });
      return together(await Promise.all(reads));
    }
    default:
      return choice satisfies never;
  }
}

/** null if they are not of one step. */
function together(reads: readonly (Read | null)[]): Read | null {
  const there = reads.filter((read) => read !== null);
  const { step } = there[0]!;
  return there.every((read) => read.step === step) ? { step, arrays: there.flatMap(({ arrays }) => arrays) } : null;
}
