import { Color, DataTexture, NearestFilter, RGBAFormat, Scene, SRGBColorSpace, Vector3, WebGLRenderer } from 'three';
import { type FrameLayout, type FramePart, frameLayout } from '../../shared/frame/layout.ts';
import type { NetworkTrace } from '../../shared/network/shapes.ts';
import { freeAspect, SceneCamera } from './camera.ts';
import { bakeColors, colorRows, colorSteps, palettes, type SceneTheme } from './colors.ts';
import { afterDrawing } from './fence.ts';
import type { ColorScale } from './gains.ts';
import { projectLabels, type SceneLabel } from './labels.ts';
import { LayerMesh } from './layer-mesh.ts';
import { Listeners } from './listeners.ts';
import { type Cause, Pace } from './pace.ts';
import { pick, placeInPlane, type SceneHit, type Target, worldFromPanel } from './picking.ts';
import { placeNetwork, type Panel } from './placement.ts';
import { type LayerPlan, planNetwork } from './plan.ts';
import { layerDiffers } from './texels.ts';

export type SceneOptions = {
  readonly theme?: SceneTheme;
  readonly reducedMotion?: boolean;
  readonly colorScale?: ColorScale;
};

/** What a draw has answered: the frames handed in since the draw before, of which the last is on the screen. */
export type Drawn = { readonly frames: number };

export type SceneStats = {
  /** Draws since the scene was made. */
  readonly draws: number;
  /** In the last draw. */
  readonly drawCalls: number;
  /** Over the last second. */
  readonly framesPerSecond: number;
  /** Milliseconds of the last draw, from its start until the last pixel stood. */
  readonly drawMillis: number;
  /** Resolution of the last draw along each axis, as a share of the full one. */
  readonly scale: number;
  readonly textures: number;
  readonly geometries: number;
};

/** A map to be marked without a pointer. */
export type MapName = { readonly layer: string; readonly part: FramePart['part']; readonly plane: number };

export type NetworkScene = ReturnType<typeof createNetworkScene>;

/**
 * The network in space, on one canvas whose CSS size is the page's business (it must have one: the drawing buffer's size
 * follows the budget). Sleeps until something changes.
 */
export function createNetworkScene(canvas: HTMLCanvasElement, options: SceneOptions = {}) {
  const renderer = new WebGLRenderer({ canvas, antialias: false, alpha: false, stencil: false });
  const gl = renderer.getContext() as WebGL2RenderingContext;
  const scene = new Scene();
  const clearColor = new Color();
  scene.background = clearColor;
  scene.matrixWorldAutoUpdate = false;
  const pace = new Pace();
  const camera = new SceneCamera(canvas, () => invalidate('motion'));
  const colors = new DataTexture(null, colorSteps, colorRows.length, RGBAFormat);
  colors.minFilter = colors.magFilter = NearestFilter;

  const hovered = new Listeners<SceneHit | null>();
  const labelled = new Listeners<readonly SceneLabel[]>();
  const drawn = new Listeners<Drawn>();
  const lost = new Listeners<boolean>();

  let plans: readonly LayerPlan[] = [];
  let panels: readonly Panel[] = [];
  let meshes: readonly LayerMesh[] = [];
  let layout: FrameLayout | null = null;
  let palette = palettes[options.theme ?? 'dark'];
  let colorScale: ColorScale = options.colorScale ?? 'layer';
  let [width, height, ratio] = [0, 0, 1];
  let buffer = '';

  /** The frame on the graphics card, the one waiting for the next draw, and how many that one stands for. */
  let shown: Uint8Array | null = null;
  let waiting: Uint8Array | null = null;
  let taken = 0;
  /** Frames that were drawn, but not yet for certain finished. */
  let owed = 0;

  let target: Target | null = null;
  let pointer: { x: number; y: number } | null = null;

  let timer: ReturnType<typeof setTimeout> | undefined;
  let request: number | undefined;
  let giveUpFence: (() => void) | undefined;
  let contextLost = false;
  let disposed = false;
  let updatedAt = 0;
  let draws = 0;
  let drawMillis = 0;
  let recent: number[] = [];

  // ---- when to draw ----

  function invalidate(cause: Cause): void {
    pace.invalidate(performance.now(), cause);
    schedule();
  }

  function schedule(): void {
    if (disposed || contextLost || width === 0 || height === 0) return;
    if (request !== undefined) return;
    const now = performance.now();
    const due = pace.due(now);
    clearTimeout(timer);
    timer = undefined;
    if (due === null) return;
    // Half a display frame early: the animation frame that follows is on time rather than one late.
    if (due - now > 8) timer = setTimeout(schedule, due - now - 6);
    else request = requestAnimationFrame(draw);
  }

  function draw(): void {
    request = undefined;
    // Lost or hidden since this was asked for: what is out of date stays so until the context is back, or the size.
    if (contextLost || width === 0 || height === 0) return;
    const start = performance.now();
    const scale = pace.begin(start);
    applySize(scale);
    upload();
    const moving = camera.update(Math.min(0.1, Math.max(0.001, (start - updatedAt) / 1000)));
    updatedAt = start;
    renderer.render(scene, camera.camera);
    draws += 1;
    recent = [...recent.filter((at) => start - at < 1000), start];
    if (labelled.any) labelled.tell(projectLabels(plans, panels, camera.camera, width, height));
    if (moving) {
      pace.invalidate(start, 'motion');
      if (pointer) point();
    }
    giveUpFence = afterDrawing(gl, () => {
      giveUpFence = undefined;
      const end = performance.now();
      drawMillis = end - start;
      pace.end(end, drawMillis);
      const frames = owed;
      owed = 0;
      if (frames > 0) drawn.tell({ frames });
      schedule();
    });
  }

  /** Puts the waiting frame on the graphics card, only the layers that differ. */
  function upload(): void {
    const frame = waiting;
    if (!frame) return;
    for (const mesh of meshes) {
      if (shown && !layerDiffers(mesh.plan, shown, frame)) continue;
      mesh.show(frame);
      mesh.scaleColors(frame, colorScale);
    }
    shown = frame;
    waiting = null;
    owed += taken;
    taken = 0;
  }

  function applySize(scale: number): void {
    const drawnRatio = ratio * scale;
    const key = `${width} ${height} ${drawnRatio}`;
    if (key === buffer) return;
    buffer = key;
    renderer.setPixelRatio(drawnRatio);
    renderer.setSize(width, height, false);
    for (const mesh of meshes) mesh.pixel = lineWidth();
  }

  function lineWidth(): number {
    return Math.max(0.7, renderer.getPixelRatio());
  }

  // ---- what stands where ----

  function place(reset: boolean): void {
    if (width === 0 || height === 0 || plans.length === 0) return;
    panels = placeNetwork(plans, freeAspect(width, height));
    panels.forEach((panel, i) => meshes[i]!.place(panel));
    camera.frame(panels, width, height, reset);
    invalidate('still');
  }

  function clear(): void {
    for (const mesh of meshes) {
      scene.remove(mesh.mesh);
      mesh.dispose();
    }
    [meshes, plans, panels] = [[], [], []];
    [layout, shown, waiting] = [null, null, null];
    [taken, owed] = [0, 0];
    target = null;
  }

  function paint(): void {
    clearColor.setStyle(palette.background, SRGBColorSpace);
    colors.image = { data: bakeColors(palette), width: colorSteps, height: colorRows.length };
    colors.needsUpdate = true;
    for (const mesh of meshes) mesh.paint(palette);
  }

  // ---- pointing ----

  function setTarget(next: Target | null, at: { x: number; y: number } | null): void {
    const same =
      next?.layer === target?.layer &&
      next?.quad === target?.quad &&
      next?.column === target?.column &&
      next?.row === target?.row;
    if (same && next === null) return;
    if (!same) {
      if (target) meshes[target.layer]?.highlight(-1, -1, -1);
      target = next;
      if (next) meshes[next.layer]!.highlight(next.quad, next.column, next.row);
      invalidate('still');
    }
    hovered.tell(next && hitOf(next, at));
  }

  function hitOf({ layer, quad: index, column, row }: Target, at: { x: number; y: number } | null): SceneHit {
    const quad = plans[layer]!.quads[index]!;
    return {
      part: quad.part,
      plane: quad.plane,
      ...placeInPlane(quad, Math.max(0, column), Math.max(0, row)),
      ...(at ?? centreOf(layer, index)),
    };
  }

  function centreOf(layer: number, quad: number): { x: number; y: number } {
    const panel = panels[layer]!;
    const rect = panel.rects[quad]!;
    const { x, y, z } = worldFromPanel(panel, rect.x, rect.y);
    const point = new Vector3(x, y, z).project(camera.camera);
    return { x: ((point.x + 1) / 2) * width, y: ((1 - point.y) / 2) * height };
  }

  function point(): void {
    if (!pointer || width === 0) return;
    const ray = camera.ray((pointer.x / width) * 2 - 1, 1 - (pointer.y / height) * 2);
    setTarget(pick(ray, plans, panels), pointer);
  }

  const listening = new AbortController();
  const { signal } = listening;
  canvas.addEventListener(
    'pointermove',
    (event) => {
      // While the view is dragged, nothing is pointed at.
      if (event.buttons !== 0) return;
      pointer = { x: event.offsetX, y: event.offsetY };
      point();
    },
    { signal },
  );
  canvas.addEventListener(
    'pointerleave',
    () => {
      pointer = null;
      setTarget(null, null);
    },
    { signal },
  );
  canvas.addEventListener('dblclick', () => camera.reset(), { signal });
  canvas.addEventListener(
    'webglcontextlost',
    () => {
      contextLost = true;
      giveUpFence?.();
      giveUpFence = undefined;
      pace.abandon();
      lost.tell(true);
    },
    { signal },
  );
  canvas.addEventListener(
    'webglcontextrestored',
    () => {
      // three makes textures and geometries anew from the bytes it still has; only the draw is missing.
      contextLost = false;
      lost.tell(false);
      invalidate('still');
    },
    { signal },
  );

  /** Walks `by` quads on, over all layers in their order; from nothing, to the first or the last. */
  function walk(by: 1 | -1, passes: (from: Target, to: Target) => boolean): void {
    const all = plans.flatMap((plan, layer) => plan.quads.map((_, quad) => ({ layer, quad, column: -1, row: -1 })));
    if (all.length === 0) return;
    const from = target;
    let at = from ? all.findIndex(({ layer, quad }) => layer === from.layer && quad === from.quad) : by > 0 ? -1 : 0;
    do at = (at + by + all.length) % all.length;
    while (from && !passes(from, all[at]!));
    setTarget(all[at]!, null);
  }

  camera.smooth = !options.reducedMotion;
  paint();

  return {
    /** Shows this network, empty until its first frame. */
    setNetwork(trace: NetworkTrace): void {
      clear();
      hovered.tell(null);
      layout = frameLayout(trace);
      plans = planNetwork(trace);
      meshes = plans.map((plan) => new LayerMesh(plan, colors));
      for (const mesh of meshes) {
        mesh.paint(palette);
        mesh.pixel = lineWidth();
        scene.add(mesh.mesh);
      }
      place(true);
    },

    /**
     * Takes the newest frame; one that still waits for its draw is replaced. The scene keeps `bytes`: do not change them.
     * @throws RangeError if the frame is not one of this network's.
     */
    setFrame(bytes: Uint8Array): void {
      if (!layout || bytes.length !== layout.bytes) {
        throw new RangeError(
          `A frame of ${bytes.length} bytes does not belong to this network: ${layout?.bytes ?? 0} are expected`,
        );
      }
      waiting = bytes;
      taken += 1;
      invalidate('data');
    },

    setColors(theme: SceneTheme): void {
      palette = palettes[theme];
      paint();
      invalidate('still');
    },

    /** `layer`: equal colours are equal numbers within a layer. `map`: each map spans the whole scale. */
    setColorScale(scale: ColorScale): void {
      colorScale = scale;
      if (shown) for (const mesh of meshes) mesh.scaleColors(shown, scale);
      invalidate('still');
    },

    /** CSS pixels, and device pixels a CSS pixel. A scene without size is not to be seen, and is not drawn. */
    setSize(newWidth: number, newHeight: number, devicePixelRatio: number): void {
      [width, height, ratio] = [newWidth, newHeight, devicePixelRatio];
      place(false);
    },

    setReducedMotion(reduced: boolean): void {
      camera.smooth = !reduced;
    },

    /** Whether the network trains beside the drawing: then drawing keeps to its share of the machine. */
    setBusy(busy: boolean): void {
      pace.setBusy(busy);
      schedule();
    },

    /** The cell under the pointer, or the map that the keyboard has reached; null: none. Answers how to stop listening. */
    onHover: hovered.add,
    /** Names' places, after every draw. */
    onLabels: labelled.add,
    /** After a draw that showed a new frame has really been finished. */
    onDrawn: drawn.add,
    /** `true` when the graphics context is lost, `false` when it is back. */
    onContextLost: lost.add,

    /** Marks a map (or lets go of it): `onHover` is told. */
    highlight(name: MapName | null): void {
      if (!name) {
        setTarget(null, null);
        return;
      }
      plans.forEach((plan, layer) => {
        const quad = plan.quads.findIndex(
          ({ part, plane }) => part.layer === name.layer && part.part === name.part && plane === name.plane,
        );
        if (quad >= 0) setTarget({ layer, quad, column: -1, row: -1 }, null);
      });
    },
    focusNext: () => walk(1, () => true),
    focusPrevious: () => walk(-1, () => true),
    focusNextLayer: () => walk(1, (from, to) => to.layer !== from.layer || plans.length === 1),
    focusPreviousLayer: () => walk(-1, (from, to) => to.layer !== from.layer || plans.length === 1),

    /** Radians about the vertical and from above. */
    orbit: (azimuth: number, polar: number) => camera.orbit(azimuth, polar),
    /** `factor` above 1 comes nearer. */
    zoom: (factor: number) => camera.zoom(factor),
    resetView: () => camera.reset(),

    stats(): SceneStats {
      const now = performance.now();
      return {
        draws,
        drawCalls: renderer.info.render.calls,
        framesPerSecond: recent.filter((at) => now - at < 1000).length,
        drawMillis,
        scale: pace.scale,
        textures: renderer.info.memory.textures,
        geometries: renderer.info.memory.geometries,
      };
    },

    /** Gives everything back; `stats` then shows no texture and no geometry. */
    dispose(): void {
      if (disposed) return;
      disposed = true;
      listening.abort();
      clearTimeout(timer);
      if (request !== undefined) cancelAnimationFrame(request);
      giveUpFence?.();
      clear();
      colors.dispose();
      camera.dispose();
      renderer.dispose();
    },
  };
}
