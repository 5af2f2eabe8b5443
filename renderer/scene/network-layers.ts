import type { Scene, Texture } from 'three';
import type { FrameView } from '../../shared/frame/view.ts';
import type { NetworkTrace } from '../../shared/network/shapes.ts';
import type { Palette } from './colors.ts';
import { type FrameSource, FrameSources } from './frame-source.ts';
import type { ColorScale } from './gains.ts';
import { LayerMesh, type Mark, noMark } from './layer-mesh.ts';
import { isReducible, type Reduction, reductions } from './packing.ts';
import { gridOf } from './panel-contents.ts';
import { type Target, worldFromPanel } from './picking.ts';
import type { Point } from './fit.ts';
import type { Panel } from './placement.ts';
import { type LayerPlan, planKernels, planNetwork } from './plan.ts';
import { type Arrangement, arrange, type Layout, type Sight, Stage } from './stage.ts';

/** All layers of a network: what they show, where they stand, and on the way there. */
export class NetworkLayers {
  plans: readonly LayerPlan[] = [];
  /** Where each plan's panel is at the moment; null for what is away. */
  panels: readonly (Panel | null)[] = [];
  #meshes: readonly LayerMesh[] = [];
  #trace: NetworkTrace | null = null;
  #sources: FrameSources | null = null;
  /** The looked-at layer's kernels, where they are too many for the whole. */
  #kernels: LayerPlan | null = null;
  #shown: FrameSource | null = null;
  #palette: Palette;
  #pixel = 1;
  /** All panels are where they are to be, and were told so. */
  #isStanding = true;
  readonly #stage = new Stage();
  readonly #scene: Scene;
  readonly #colors: Texture;

  constructor(scene: Scene, colors: Texture, palette: Palette) {
    this.#scene = scene;
    this.#colors = colors;
    this.#palette = palette;
  }

  setNetwork(trace: NetworkTrace): void {
    this.clear();
    this.#trace = trace;
    this.#sources = new FrameSources(trace);
    this.plans = planNetwork(trace);
    this.#meshes = this.plans.map((plan) => this.#add(plan));
  }

  /** @throws RangeError if the frame is not one of this network's. */
  sourceOf(bytes: Uint8Array, view: FrameView): FrameSource {
    if (!this.#sources) throw new RangeError('A frame came before its network');
    return this.#sources.of(bytes, view);
  }

  /** Lets everything go where it is to stand. */
  arrange(
    layout: Layout,
    sight: Sight,
    size: { width: number; height: number },
    now: number,
    isSmooth: boolean,
  ): Arrangement {
    this.#keepKernelsOf(sight);
    const arrangement = arrange(this.plans, this.#kernels, layout, sight, size);
    this.#stage.arrange(arrangement.panels, now, isSmooth);
    this.#isStanding = false;
    this.step(now);
    return arrangement;
  }

  /** Whether panels are on their way. */
  isMoving(now: number): boolean {
    return !this.#isStanding || this.#stage.isMoving(now);
  }

  /** Moves panels on. @returns whether they still move. */
  step(now: number): boolean {
    if (this.#isStanding) return false;
    this.#isStanding = !this.#stage.isMoving(now);
    const places = this.#stage.at(now);
    this.panels = places.map(({ panel, presence }) => (presence > 0 ? panel : null));
    places.forEach(({ panel, presence }, i) => {
      const mesh = this.#meshes[i]!;
      if (panel && presence > 0) mesh.place(panel, presence);
      else mesh.mesh.visible = false;
    });
    return !this.#isStanding;
  }

  /** What stands in the end: what goes away is null already. */
  get settled(): readonly (Panel | null)[] {
    return this.#stage.panels;
  }

  /** Puts what a frame holds of the layers that are to be seen on the graphics card: all that differs. */
  show(frame: FrameSource, scale: ColorScale, unitsPerPixel: (at: Point) => number): void {
    this.#shown = frame;
    this.#meshes.forEach((mesh, i) => {
      if (this.#isSeen(i)) mesh.show(frame, scale, this.#reductionFor(i, unitsPerPixel));
    });
  }

  /** What came into sight gets what the last frame holds of it. Maps are drawn as finely as their size on the screen is worth. */
  refine(scale: ColorScale, unitsPerPixel: (at: Point) => number): void {
    const frame = this.#shown;
    this.#meshes.forEach((mesh, i) => {
      if (!this.#isSeen(i)) return;
      const reduction = this.#reductionFor(i, unitsPerPixel);
      if (frame) mesh.show(frame, scale, reduction);
      mesh.refine(reduction);
    });
  }

  set scale(scale: ColorScale) {
    for (const mesh of this.#meshes) mesh.scale = scale;
  }

  paint(palette: Palette): void {
    this.#palette = palette;
    for (const mesh of this.#meshes) mesh.paint(palette);
  }

  set pixel(pixel: number) {
    this.#pixel = pixel;
    for (const mesh of this.#meshes) mesh.pixel = pixel;
  }

  mark(pointed: Target | null, selected: Target | null): void {
    const of = (target: Target | null, layer: number): Mark => (target?.layer === layer ? target : noMark);
    this.#meshes.forEach((mesh, layer) => mesh.mark(of(pointed, layer), of(selected, layer)));
  }

  clear(): void {
    for (const mesh of this.#meshes) this.#remove(mesh);
    [this.plans, this.panels, this.#meshes] = [[], [], []];
    [this.#trace, this.#sources, this.#kernels, this.#shown] = [null, null, null, null];
    this.#stage.arrange([], 0, false);
    this.#isStanding = true;
  }

  /** The layers that must be watched for all that is seen of one to be known: its own, those of its kernels, or none if it is not shown. */
  watchedFor(layer: string): readonly string[] {
    const plan = this.plans.find((each) => each.layer === layer && each !== this.#kernels);
    if (!plan) return [];
    const layers = [...plan.quads.map(({ part }) => part.layer), plan.kernelLayer];
    return [...new Set(layers)].filter((name) => name !== null && name !== 'input') as string[];
  }

  #add(plan: LayerPlan): LayerMesh {
    const mesh = new LayerMesh(plan, this.#colors);
    mesh.paint(this.#palette);
    mesh.pixel = this.#pixel;
    mesh.mesh.visible = false;
    this.#scene.add(mesh.mesh);
    return mesh;
  }

  #remove(mesh: LayerMesh): void {
    this.#scene.remove(mesh.mesh);
    mesh.dispose();
  }

  /** A layer's kernels by the thousand are on the graphics card only while one looks at it. */
  #keepKernelsOf(sight: Sight): void {
    const plan = sight.kind === 'layer' ? this.plans.find(({ layer }) => layer === sight.layer) : undefined;
    const wanted = plan && plan.filters === 0 ? plan.kernelLayer : null;
    if (wanted === (this.#kernels?.kernelLayer ?? null)) return;
    if (this.#kernels) {
      this.#remove(this.#meshes[this.#meshes.length - 1]!);
      this.plans = this.plans.slice(0, -1);
      this.#meshes = this.#meshes.slice(0, -1);
      this.#kernels = null;
    }
    const kernels = wanted && this.#trace ? planKernels(this.#trace, wanted, plan!.layer) : null;
    if (!kernels) return;
    this.#kernels = kernels;
    this.plans = [...this.plans, kernels];
    this.#meshes = [...this.#meshes, this.#add(kernels)];
  }

  #isSeen(index: number): boolean {
    return Boolean(this.#stage.panels[index] ?? this.panels[index]);
  }

  /** The coarsest texels that are no larger than about a drawn pixel. */
  #reductionFor(index: number, unitsPerPixel: (at: Point) => number): Reduction {
    const panel = this.#stage.panels[index];
    const mesh = this.#meshes[index]!;
    if (!panel) return mesh.reduction;
    const unit = unitsPerPixel(worldFromPanel(panel, 0, 0));
    let largest = 0;
    this.plans[index]!.quads.forEach((quad, i) => {
      const rect = panel.rects[i]!;
      if (isReducible(quad)) largest = Math.max(largest, rect.width / gridOf(quad, rect).columns / unit);
    });
    const fits = (reduction: Reduction) => {
      // Not to and fro at the border.
      const allowed = reduction <= mesh.reduction ? 1 : 1.3;
      return largest * reduction * (reduction === mesh.reduction ? 1 : allowed) <= 1.35;
    };
    return [...reductions].reverse().find(fits) ?? 1;
  }
}
