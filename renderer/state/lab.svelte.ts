import type {
  Bridge,
  Command,
  FailureCode,
  HyperParameters,
  RepairProgress,
  WatchedImage,
  WorkerEvent,
  WorkerExit,
} from '../../shared/contract.ts';
import type { FrameView } from '../../shared/frame/view.ts';
import { datasetFolders, type DatasetPart } from '../../shared/dataset/known.ts';
import type { PresetId, SwitchSettings } from '../../shared/network/presets/index.ts';
import { type Threading, threadingFor } from '../../shared/training/threading.ts';
import { type Channel, openChannel } from '../ports/worker-port.ts';
import { Dock } from './dock.svelte.ts';
import { Focus } from './focus.svelte.ts';
import { FrameCredits } from './frame-credits.ts';
import { Inspector } from './inspector/inspector.svelte.ts';
import { Learned } from './learned.svelte.ts';
import { Moments } from './moments/moments.svelte.ts';
import type { PreferencesState } from './preferences.svelte.ts';
import { RunState } from './run.svelte.ts';
import { StageState } from './stage.svelte.ts';
import { WatchState } from './watch.svelte.ts';

/** How long the worker may say nothing at all while the window waits for it. */
export const patienceMillis = 20_000;

/** How the window and its worker stand. */
export type Connection =
  /** Started, but its device and its network are not there yet. */
  | { readonly status: 'connecting' }
  | { readonly status: 'live' }
  /** It said what is wrong. */
  | { readonly status: 'failed'; readonly code: FailureCode; readonly subject: string; readonly message: string }
  /** Its process ended by itself. */
  | { readonly status: 'died'; readonly exit: WorkerExit }
  /** It has said nothing for too long. */
  | { readonly status: 'silent' }
  /** A dataset's files are being put right. */
  | {
      readonly status: 'repairing';
      readonly part: DatasetPart | null;
      readonly received: number;
      readonly total: number;
    };

/**
 * All that the panels share: one worker, its run, the watched image and the user's preferences.
 *
 * Events come in through `attach`; commands go out through `send`; both end here and nowhere else.
 */
export class Lab {
  connection = $state.raw<Connection>({ status: 'connecting' });
  readonly run = new RunState();
  /** Whether settings may change: no run is under way, and a worker is there to build them. So one finds back from what cannot be built. */
  readonly canConfigure = $derived.by(() => {
    if (this.run.locked) return false;
    const { connection } = this;
    switch (connection.status) {
      case 'live':
      case 'repairing':
        return true;
      case 'failed':
        return connection.code !== 'device-unavailable';
      case 'connecting':
      case 'died':
      case 'silent':
        return false;
      default:
        return connection satisfies never;
    }
  });
  readonly watch = new WatchState();
  readonly focus = new Focus();
  readonly stage = new StageState();
  /** What the network has learned, on request. */
  readonly learned = new Learned(this.run, () => this.#channel);
  readonly dock = new Dock();
  readonly inspector = new Inspector({
    run: this.run,
    watch: this.watch,
    focus: this.focus,
    learned: this.learned,
    send: (command) => this.send(command),
  });
  readonly credits = new FrameCredits((frames) => this.send({ type: 'credit', frames }));
  readonly moments = new Moments({
    run: this.run,
    watch: this.watch,
    credits: this.credits,
    learned: this.learned,
    send: (command) => this.send(command),
  });
  readonly preferences: PreferencesState;
  readonly #bridge: Bridge;
  #channel: Channel | null = null;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #trainWhenReady = false;
  /** How the running worker's threads are laid out. */
  #threading: Threading = 'towers';

  constructor(bridge: Bridge, preferences: PreferencesState) {
    this.#bridge = bridge;
    this.preferences = preferences;
    bridge.onWorkerExit((exit) => this.#died(exit));
    bridge.onRepairProgress((progress) => this.#repairMoved(progress));
  }

  /** Starts a fresh worker; it is spoken to once its port arrives. */
  start(): void {
    this.connection = { status: 'connecting' };
    this.#hangUp();
    this.#wait();
    this.#threading = threadingFor(this.run.trace);
    this.#bridge.startWorker(this.#threading).catch((error: unknown) => this.#fail('native', '', String(error)));
  }

  /** Takes the port of a fresh worker and tells it what to build and what to watch. */
  attach(port: MessagePort): void {
    this.#hangUp();
    this.connection = { status: 'connecting' };
    this.#channel = openChannel(port, (event) => this.#receive(event));
    this.#configure();
    this.credits.open();
  }

  send(command: Command): void {
    this.#channel?.send(command);
  }

  choosePreset(preset: PresetId): void {
    if (this.run.locked) return;
    this.run.choosePreset(preset);
    this.#configure();
  }

  setSwitches(change: SwitchSettings): void {
    if (this.run.locked) return;
    this.run.setSwitches(change);
    this.#configure();
  }

  setHyperParameters(change: Partial<HyperParameters>): void {
    if (this.run.locked) return;
    this.run.setHyperParameters(change);
    this.#configure();
  }

  /** Trains on from here; after the last epoch, from fresh weights again; while the network is being built, once it is. */
  train(): void {
    if (!this.run.canTrain) return;
    switch (this.run.phase) {
      case 'finished':
        this.#trainWhenReady = true;
        this.#configure();
        return;
      case 'preparing':
        this.#trainWhenReady = true;
        return;
      default:
        this.send({ type: 'train' });
    }
  }

  pause(): void {
    if (this.run.canPause) this.send({ type: 'pause' });
  }

  step(): void {
    if (this.run.canStep) this.send({ type: 'step' });
  }

  stop(): void {
    if (this.run.canStop) this.send({ type: 'stop' });
  }

  watchImage(image: WatchedImage): void {
    // Whoever chooses an image wants to see it, and not a moment of another.
    this.moments.live();
    this.watch.choose(image);
    this.#watch();
  }

  /** Asks for something else of the layers that are looked at. */
  lookAt(change: Partial<Pick<FrameView, 'maps' | 'kernels'>>): void {
    this.moments.live();
    this.watch.view = { ...this.watch.view, ...change };
    this.#watch();
  }

  /** Says which layers `owner` (a part of the window) wants frames of: null for all, undefined once it wants nothing more. */
  wantLayers(owner: string, layers: readonly string[] | null | undefined): void {
    if (this.watch.want(owner, layers)) this.#watch();
  }

  #watch(): void {
    const { image, view } = this.watch;
    this.send({ type: 'watch', image, view });
  }

  /** Fetches the dataset afresh, then starts again. */
  repair(): void {
    const { dataset } = this.run.settings;
    const part = datasetFolders[dataset];
    this.connection = { status: 'repairing', part, received: 0, total: 0 };
    this.#bridge
      .repairDataset(dataset)
      .then(() => this.#repairMoved({ part, type: 'done' }))
      .catch((error: unknown) => this.#repairMoved({ part, type: 'failed', message: String(error) }));
  }

  /** Has the chosen network built: by the worker that runs, or by a fresh one where other threads train it faster. */
  #configure(): void {
    this.watch.suit(this.run.trace);
    this.focus.forget();
    this.dock.forget();
    this.inspector.forget();
    this.moments.forget();
    const { status } = this.connection;
    const isBroken = status === 'failed' || status === 'repairing';
    if (!this.#channel && !isBroken) return;
    if (!this.#channel || threadingFor(this.run.trace) !== this.#threading) {
      const trainWhenReady = this.#trainWhenReady;
      this.start();
      this.#trainWhenReady = trainWhenReady;
      return;
    }
    // What went wrong is behind: a download that is under way goes on by itself.
    if (isBroken) this.connection = { status: 'connecting' };
    this.run.configured = null;
    this.send({ type: 'configure', settings: this.run.settings });
    this.#watch();
    this.#wait();
  }

  #receive(event: WorkerEvent): void {
    this.run.receive(event);
    this.watch.receive(event);
    this.learned.receive(event);
    this.inspector.receive(event);
    this.moments.receive(event);
    switch (event.type) {
      case 'device':
        this.#wait();
        this.#ready();
        return;
      case 'configured':
        this.#ready();
        if (this.watch.keepWithin(event.testImages)) this.#watch();
        return;
      case 'phase':
        if (event.phase === 'ready' && this.#trainWhenReady) {
          this.#trainWhenReady = false;
          this.send({ type: 'train' });
        }
        return;
      case 'frame':
        this.credits.received();
        if (!this.watch.show(event, this.run.trace)) this.credits.drawn(1);
        return;
      case 'failed':
        // A refused command leaves the worker as it was.
        if (event.code === 'command-invalid') console.error(event.message);
        else this.#fail(event.code, event.subject, event.message);
        return;
      case 'stepped':
      case 'statistics':
      case 'moments':
      case 'activations':
      case 'weights':
      case 'scored':
      case 'moment':
      case 'history':
      case 'evaluated':
      case 'finished':
      case 'watched':
      case 'kernels':
      case 'kernel-written':
      case 'test-image':
      case 'refused':
        return;
      default:
        event satisfies never;
    }
  }

  #ready(): void {
    if (!this.run.device || !this.run.configured) return;
    clearTimeout(this.#patience);
    this.connection = { status: 'live' };
  }

  #wait(): void {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      this.connection = { status: 'silent' };
    }, patienceMillis);
  }

  #fail(code: FailureCode, subject: string, message: string): void {
    clearTimeout(this.#patience);
    this.#trainWhenReady = false;
    this.connection = { status: 'failed', code, subject, message };
  }

  #died(exit: WorkerExit): void {
    // A worker that gave the reason before it went: its own words say more than an exit code.
    const explained = this.connection.status === 'failed' || this.connection.status === 'repairing';
    this.#hangUp();
    this.run.disconnect();
    if (!explained) this.connection = { status: 'died', exit };
  }

  #repairMoved(progress: RepairProgress): void {
    const { connection } = this;
    // Another dataset's, or of no matter any more: another network was chosen meanwhile.
    if (connection.status !== 'repairing' || connection.part !== progress.part) return;
    switch (progress.type) {
      case 'progress':
        this.connection = { ...connection, received: progress.received, total: progress.total };
        return;
      case 'done':
        this.start();
        return;
      case 'failed':
        this.#fail('dataset-missing', this.run.settings.dataset, progress.message);
        return;
      default:
        progress satisfies never;
    }
  }

  #hangUp(): void {
    clearTimeout(this.#patience);
    this.#trainWhenReady = false;
    this.#channel?.close();
    this.#channel = null;
    this.run.disconnect();
    this.watch.forget();
    this.learned.forget();
    this.inspector.forget();
    this.moments.forget();
  }
}
