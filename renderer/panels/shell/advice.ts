import type { WorkerExitCause } from '../../../shared/contract.ts';
import { m } from '../../messages/compiled/messages.js';
import type { Connection } from '../../state/lab.svelte.ts';

/** What the window says about a fault, and what it offers. Messages are functions: they follow the language. */
export type Advice = {
  readonly code: string;
  readonly title: () => string;
  readonly advice: () => string;
  /** The worker's own words, for whoever has to look into it. */
  readonly detail: string;
  readonly repairable: boolean;
};

const endings: Record<WorkerExitCause, (inputs: { detail: string }) => string> = {
  'not-started': m.died_not_started,
  'out-of-memory': m.died_out_of_memory,
  killed: m.died_killed,
  crashed: m.died_crashed,
  exited: m.died_exited,
};

/** @returns null while nothing is wrong. */
export function adviceFor(connection: Connection): Advice | null {
  switch (connection.status) {
    case 'connecting':
    case 'live':
    case 'repairing':
      return null;
    case 'silent':
      return { code: 'silent', title: m.silent_title, advice: m.silent_advice, detail: '', repairable: false };
    case 'died': {
      const { cause, detail } = connection.exit;
      const title = () => endings[cause]({ detail });
      return { code: 'died', title, advice: m.died_advice, detail: '', repairable: false };
    }
    case 'failed': {
      const { code, subject, message } = connection;
      const say = (title: () => string, advice: () => string, repairable = false): Advice => ({
        code,
        title,
        advice,
        detail: message || subject,
        repairable,
      });
      switch (code) {
        case 'dataset-missing':
          return say(m.dataset_missing_title, m.dataset_missing_advice, true);
        case 'dataset-corrupt':
          return say(m.dataset_corrupt_title, m.dataset_corrupt_advice, true);
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
