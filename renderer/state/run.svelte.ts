import { defaultSettings, settingsFor } from '../../shared/defaults.ts';
import { type PresetId, presets, type SwitchSettings } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';
import type {
  Device,
  HyperParameters,
  NetworkChoice,
  RunPhase,
  RunSettings,
  WorkerEvent,
} from '../../shared/contract.ts';
import { DecimatedSeries } from './decimated-series.ts';

type EventOf<Type extends WorkerEvent['type']> = Extract<WorkerEvent, { type: Type }>;

/** The run as the window knows it: what was asked for, and what the worker has said since. */
export class RunState {
  /** What the next `configure` asks for. */
  settings = $state.raw<RunSettings>(defaultSettings);
  /** What stands in a field is no allowed number: a run would not be the one on the screen. */
  mistyped = $state(false);
  phase = $state<RunPhase>('empty');
  device = $state.raw<Device | null>(null);
  configured = $state.raw<EventOf<'configured'> | null>(null);
  latest = $state.raw<EventOf<'stepped'> | null>(null);
  evaluated = $state.raw<EventOf<'evaluated'> | null>(null);
  finished = $state.raw<EventOf<'finished'> | null>(null);
  /** Weights were written by hand since they were fresh: the settings alone no longer give this run. */
  edited = $state(false);
  /** Counts up with every new point of the curves; the points themselves are outside of reactivity. */
  historyVersion = $state(0);
  /** step, loss, accuracy on the training batches. */
  readonly training = new DecimatedSeries(3);
  /** step, loss, accuracy on the whole test set. */
  readonly testing = new DecimatedSeries(3);

  /** The chosen network with its switches, and all that follows from it. */
  readonly trace = $derived.by(() => traceOf(this.settings.network));
  /** While a run is under way its settings are fixed: stop to change them. */
  readonly locked = $derived(this.phase === 'training' || this.phase === 'paused');
  /** Also while the network is being built: a click that follows a change of settings at once must not be lost. */
  readonly canTrain = $derived(!this.mistyped && this.phase !== 'empty' && this.phase !== 'training');
  readonly canPause = $derived(this.phase === 'training');
  readonly canStep = $derived(!this.mistyped && (this.phase === 'ready' || this.phase === 'paused'));
  /** Back to fresh weights: also before the first step, where they were written by hand. */
  readonly canStop = $derived(
    this.phase === 'training' ||
      this.phase === 'paused' ||
      this.phase === 'finished' ||
      (this.phase === 'ready' && this.edited),
  );
  readonly step = $derived(this.latest?.step ?? 0);
  readonly stepsPerEpoch = $derived(this.configured?.stepsPerEpoch ?? 0);
  /** The epoch under way, from 1; 0 before the first step. */
  readonly epoch = $derived(
    this.step === 0 || this.stepsPerEpoch === 0 ? 0 : Math.floor((this.step - 1) / this.stepsPerEpoch) + 1,
  );
  /** Share of the epoch under way that is done, 0–1. */
  readonly epochProgress = $derived(
    this.epoch === 0 ? 0 : (this.step - (this.epoch - 1) * this.stepsPerEpoch) / this.stepsPerEpoch,
  );

  /** The network of this name, as published. */
  choosePreset(preset: PresetId): void {
    this.#chooseNetwork({ preset, switches: {} });
  }

  /** Sets some switches of the chosen network; the others stay as they are. */
  setSwitches(change: SwitchSettings): void {
    const { preset, switches } = this.settings.network;
    this.#chooseNetwork({ preset, switches: { ...switches, ...change } });
  }

  /** Hyper-parameters that nobody has touched follow the network's recipe. */
  #chooseNetwork(network: NetworkChoice): void {
    const before = settingsFor(this.settings.network).hyperParameters;
    const recipe = settingsFor(network);
    const touched = Object.entries(this.settings.hyperParameters).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof HyperParameters]),
    );
    this.settings = {
      ...recipe,
      hyperParameters: { ...recipe.hyperParameters, ...(Object.fromEntries(touched) as Partial<HyperParameters>) },
    };
  }

  setHyperParameters(change: Partial<HyperParameters>): void {
    this.settings = { ...this.settings, hyperParameters: { ...this.settings.hyperParameters, ...change } };
  }

  /** Takes in what the worker said about the run; other events are none of its business. */
  receive(event: WorkerEvent): void {
    switch (event.type) {
      case 'device':
        this.device = event.device;
        return;
      case 'configured':
        this.configured = event;
        this.#forget();
        return;
      case 'phase':
        this.phase = event.phase;
        if (event.phase === 'ready') this.#forget();
        return;
      case 'stepped':
        this.latest = event;
        this.training.push(event.step, event.loss, event.accuracy);
        this.historyVersion += 1;
        return;
      case 'evaluated':
        this.evaluated = event;
        this.testing.push(event.step, event.testLoss, event.testAccuracy);
        this.historyVersion += 1;
        return;
      case 'finished':
        this.finished = event;
        return;
      case 'kernel-written':
        this.edited = true;
        return;
      case 'kernels':
      case 'test-image':
      case 'refused':
      case 'frame':
      case 'statistics':
      case 'moments':
      case 'activations':
      case 'weights':
      case 'scored':
      case 'moment':
      case 'history':
      case 'watched':
      case 'failed':
        return;
      default:
        event satisfies never;
    }
  }

  /** The worker is gone: what it had said of its progress stays on screen, but nothing runs. */
  disconnect(): void {
    this.phase = 'empty';
    this.device = null;
  }

  /** Fresh weights have no past. */
  #forget(): void {
    this.latest = null;
    this.evaluated = null;
    this.finished = null;
    this.edited = false;
    this.training.clear();
    this.testing.clear();
    this.historyVersion += 1;
  }
}

function traceOf({ preset, switches }: NetworkChoice) {
  return trace(presets[preset].choose(switches).network);
}
