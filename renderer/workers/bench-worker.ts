/** The bench's arithmetic, off the interface thread. Only renderer/state/bench/computer.ts starts it. */
import { type BenchImage, compute } from '../../shared/bench/compute.ts';
import { type Experiment } from '../../shared/bench/experiment.ts';
import { initialExperiment } from '../../shared/bench/initial.ts';
import { shiftSensitivity } from '../../shared/bench/measures.ts';
import type { BenchAnswer, BenchRequest, Setting } from './bench-messages.ts';
import { buffersIn } from './buffers-in.ts';

let image: BenchImage | null = null;

self.addEventListener('message', ({ data }: MessageEvent<BenchRequest>) => {
  if (data.type === 'image') image = data.image;
  else answer(data);
});

function answer(request: Exclude<BenchRequest, { type: 'image' }>): void {
  try {
    say(answerTo(request));
  } catch (error) {
    say({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

function answerTo({ type, setting }: Exclude<BenchRequest, { type: 'image' }>): BenchAnswer {
  if (!image) throw new Error('There is no image to compute with');
  const experiment = experimentOf(setting);
  switch (type) {
    case 'compute':
      return { type: 'computed', result: compute(experiment, image) };
    case 'measure':
      return { type: 'measured', sensitivity: shiftSensitivity(experiment, image) };
    default:
      return type satisfies never;
  }
}

/** The arithmetic works on the pixels it is given; where they come from is nothing to it. */
function experimentOf(setting: Setting): Experiment {
  return { ...setting, image: initialExperiment.image };
}

/** Maps are handed over, not copied: they are made anew for each answer. What is the image's, or empty and may be anyone's, stays. */
function say(message: BenchAnswer): void {
  const kept = new Set<ArrayBufferLike>(image?.planes.map(({ values }) => values.buffer));
  self.postMessage(message, {
    transfer: buffersIn(message).filter((buffer) => buffer.byteLength > 0 && !kept.has(buffer)),
  });
}
