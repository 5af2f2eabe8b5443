import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rank } from '../../shared/classical/ranking.ts';
import type { ClassicalSettings } from '../../shared/classical/settings.ts';
import { datasetFolders, knownDatasets } from '../../shared/dataset/known.ts';
import { type Progress, type Stage, finished } from '../worker/classical/progress.ts';
import { Rival } from '../worker/classical/rival.ts';
import { type Dataset, openDataset } from '../worker/dataset/index.ts';
import { loadTensorFlow, type TensorFlow } from '../worker/tensorflow.ts';
import { type ChosenDataset, classicalSettingsFrom } from './classical-settings.ts';
import { datasetsFolder } from './datasets-folder.ts';

const options = {
  dataset: { type: 'string' },
  'train-images': { type: 'string' },
  seed: { type: 'string' },
  set: { type: 'string', multiple: true, default: [] as string[] },
  json: { type: 'boolean', default: false },
} as const;

/** Trains the classical rival on a dataset, without a window, and says how well it does on the test images. */
export async function classical(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options });
  const { settings, dataset } = classicalSettingsFrom({ ...values, trainImages: values['train-images'] });
  const say = values.json ? sayJson : sayText;
  const images = await opened(dataset, settings);
  for (const { file, reason } of images.skipped) process.stderr.write(`${file} was left out: ${reason}\n`);
  say({ type: 'started', dataset: dataset.id, ...settings });
  // Its products are large: their threads share them.
  const { tf } = loadTensorFlow('cpu', 'whole');
  say({ type: 'finished', ...(await contest(tf, images, settings, progressOf(say))) });
}

async function contest(
  tf: TensorFlow,
  { train, test, classes }: Dataset,
  settings: ClassicalSettings,
  onProgress: (progress: Progress) => void,
): Promise<Omit<Finished, 'type'>> {
  const began = performance.now();
  const rival = await finished(Rival.train(tf, { train, classes }, settings), onProgress);
  const trained = performance.now();
  const scores = await finished(rival.score(test), onProgress);
  const { first, five } = rank(scores, test.labels, classes.length);
  const ended = performance.now();
  rival.dispose();
  return {
    testAccuracy: first / test.count,
    top5Error: 1 - five / test.count,
    seconds: (ended - began) / 1000,
    featureSeconds: rival.seconds.features,
    trainingSeconds: rival.seconds.training,
    testSeconds: (ended - trained) / 1000,
    features: rival.features,
    trainImages: rival.trainImages,
    testImages: test.count,
    // In kilobytes, whatever the system.
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}

function opened(dataset: ChosenDataset, { side }: ClassicalSettings): Promise<Dataset> {
  if (dataset.id === 'folder') return openDataset(dataset.id, dataset.folder, [side, side, 3]);
  return openDataset(dataset.id, join(datasetsFolder(), datasetFolders[dataset.id]), knownDatasets[dataset.id]);
}

type Finished = {
  readonly type: 'finished';
  readonly testAccuracy: number;
  readonly top5Error: number;
  /** Wall-clock from the open dataset to the last answer: features, training and testing. */
  readonly seconds: number;
  /** Of the training images, with the words where there are any. */
  readonly featureSeconds: number;
  readonly trainingSeconds: number;
  /** With the features of the test images. */
  readonly testSeconds: number;
  /** Numbers an image has. */
  readonly features: number;
  readonly trainImages: number;
  readonly testImages: number;
  /** Of the whole process, TensorFlow and the dataset too. */
  readonly peakMemoryBytes: number;
};

type Line =
  | ({ readonly type: 'started'; readonly dataset: string } & ClassicalSettings)
  | ({ readonly type: 'progress' } & Progress)
  | Finished;

/** Says each tenth of a stage once. */
function progressOf(say: (line: Line) => void): (progress: Progress) => void {
  let said: { stage: Stage; tenth: number } | null = null;
  return ({ stage, share }) => {
    const tenth = Math.floor(share * 10);
    if (said?.stage === stage && said.tenth >= tenth) return;
    said = { stage, tenth };
    say({ type: 'progress', stage, share });
  };
}

function sayJson(line: Line): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const stages: Readonly<Record<Stage, string>> = {
  words: 'Learning the words',
  features: 'Describing the training images',
  training: 'Training the machines',
  testing: 'Testing',
};

function sayText(line: Line): void {
  switch (line.type) {
    case 'started':
      process.stdout.write(`${line.features} with a ${line.svm} machine on ${line.dataset}\n`);
      return;
    case 'progress':
      process.stdout.write(`${stages[line.stage]}: ${Math.round(line.share * 100)} %\n`);
      return;
    case 'finished': {
      const [accuracy, top5] = [line.testAccuracy, 1 - line.top5Error].map((share) => (share * 100).toFixed(2));
      const [features, training, testing] = [line.featureSeconds, line.trainingSeconds, line.testSeconds].map(
        (seconds) => seconds.toFixed(1),
      );
      process.stdout.write(
        `Test accuracy ${accuracy} %, among the five best ${top5} %, with ${line.features} numbers an image; ` +
          `features ${features} s, training ${training} s, testing ${testing} s\n`,
      );
      return;
    }
    default:
      return line satisfies never;
  }
}
