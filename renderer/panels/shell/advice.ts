import type { WorkerExitCause } from '../../../shared/contract.ts';
import { datasetFolders, type DatasetPart, type KnownDataset } from '../../../shared/dataset/known.ts';
import { m } from '../../messages/compiled/messages.js';
import type { Connection } from '../../state/lab.svelte.ts';

/** What the window says about a fault, and what it offers. Messages are functions: they follow the language. */
export type Advice = {
  readonly code: string;
  readonly title: () => string;
  readonly advice: () => string;
  /** The worker's own words, for whoever has to look into it. */
  readonly detail: string;
  /** What a repair is called here; null where there is nothing to repair. */
  readonly repair: (() => string) | null;
  /** Something has gone wrong, rather than not been done yet. */
  readonly isFault: boolean;
};

type Words = Pick<Advice, 'title' | 'advice' | 'repair' | 'isFault'>;

/** Images of one's own are nobody else's to repair. */
const own: Words = { title: m.folder_title, advice: m.folder_advice, repair: null, isFault: true };

/** What is said of each dataset's files. */
const datasets: Record<DatasetPart | 'own', Record<'missing' | 'corrupt', Words>> = {
  mnist: {
    missing: { title: m.dataset_missing_title, advice: m.dataset_missing_advice, repair: m.repair, isFault: true },
    corrupt: { title: m.dataset_corrupt_title, advice: m.dataset_corrupt_advice, repair: m.repair, isFault: true },
  },
  cifar10: {
    missing: {
      title: m.cifar10_missing_title,
      advice: m.cifar10_missing_advice,
      repair: m.fetch_cifar10,
      isFault: false,
    },
    corrupt: { title: m.cifar10_corrupt_title, advice: m.cifar10_corrupt_advice, repair: m.repair, isFault: true },
  },
  own: { missing: own, corrupt: own },
};

const endings: Record<WorkerExitCause, (inputs: { detail: string }) => string> = {
  'not-started': m.died_not_started,
  'out-of-memory': m.died_out_of_memory,
  killed: m.died_killed,
  crashed: m.died_crashed,
  exited: m.died_exited,
};

/**
 * @param dataset what the run reads.
 * @returns null while nothing is wrong.
 */
export function adviceFor(connection: Connection, dataset: KnownDataset): Advice | null {
  switch (connection.status) {
    case 'connecting':
    case 'live':
    case 'repairing':
      return null;
    case 'silent':
      return {
        code: 'silent',
        title: m.silent_title,
        advice: m.silent_advice,
        detail: '',
        repair: null,
        isFault: true,
      };
    case 'died': {
      const { cause, detail } = connection.exit;
      const title = () => endings[cause]({ detail });
      return { code: 'died', title, advice: m.died_advice, detail: '', repair: null, isFault: true };
    }
    case 'failed': {
      const { code, subject, message } = connection;
      const detail = message || subject;
      const say = (title: () => string, advice: () => string): Advice => ({
        code,
        title,
        advice,
        detail,
        repair: null,
        isFault: true,
      });
      const files = datasets[datasetFolders[dataset] ?? 'own'];
      switch (code) {
        case 'dataset-missing':
          return { code, detail, ...files.missing };
        case 'dataset-corrupt':
          return { code, detail, ...files.corrupt };
        case 'network-invalid':
          return say(m.network_invalid_title, m.network_invalid_advice);
        case 'device-unavailable':
          return say(m.device_unavailable_title, m.device_unavailable_advice);
        case 'command-invalid':
        case 'native':
          return say(m.native_title, m.native_advice);
        default:
          return code satisfies never;
      }
    }
    default:
      return connection satisfies never;
  }
}
