import { Color, DataTexture, NearestFilter, RGBAFormat, Scene, SRGBColorSpace, Vector3, WebGLRenderer } from 'three';
import type { FramePart } from '../../shared/frame/layout.ts';
import { type FrameView, wholeView } from '../../shared/frame/view.ts';
import { receptiveFieldOf } from '../../shared/network/receptive-field.ts';
import type { NetworkTrace } from '../../shared/network/shapes.ts';
import { type Arrival, SceneCamera } from './camera.ts';
import { bakeColors, colorRows, colorSteps, palettes, type SceneTheme } from './colors.ts';
import { DrawingSize } from './drawing-size.ts';
import { afterDrawing } from './fence.ts';
import { FieldMarks } from './field-marks.ts';
import type { FrameSource } from './frame-source.ts';
import type { ColorScale } from './gains.ts';
import { projectLabels, type SceneLabel } from './labels.ts';
import { Listeners } from './listeners.ts';
import { NetworkLayers } from './network-layers.ts';
import { type Cause, Pace } from './pace.ts';
import { gridOf } from './panel-contents.ts';
import { cellOfUnit, pick, placeInPlane, type SceneHit, type Target, worldFromPanel } from './picking.ts';
import { listenToPointer, type Place } from './pointing.ts';
import type { Layout, Sight } from './stage.ts';
import { steps, type Walk } from './walking.ts';

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

/** A unit of a layer's maps (units in a row are one map of one row). */
type UnitName = { readonly layer: string; readonly map: number; readonly row: number; readonly column: number };

export type NetworkScene = ReturnType<typeof createNetworkScene>;

/**
 * The network in space or flat, on one canvas whose CSS size is the page's business (it must have one: the drawing buffer's size
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
  const size = new DrawingSize(renderer);
  const camera = new SceneCamera(canvas, () => invalidate('motion'));
  const colors = new DataTexture(null, colorSteps, colorRows.length, RGBAFormat);
  colors.minFilter = colors.magFilter = NearestFilter;
  let palette = palettes[options.theme ?? 'dark'];
  const layers = new NetworkLayers(scene, colors, palette);
  const field = new FieldMarks();
  scene.add(field.lines);

  const hovered = new Listeners<SceneHit | null>();
  const pressed = new Listeners<SceneHit | null>();
  const left = new Listeners<null>();
  const labelled = new Listeners<readonly SceneLabel[]>();
  const drawn = new Listeners<Drawn>();
  const lost = new Listeners<boolean>();

  let trace: NetworkTrace | null = null;
  let layout: Layout = 'space';
  let sight: Sight = { kind: 'network' };
  let colorScale: ColorScale = options.colorScale ?? 'layer';
  let isSmooth = !options.reducedMotion;

  /** The frame waiting for the next draw, and how many that one stands for. */
  let waiting: FrameSource | null = null;
  let taken = 0;
  /** Frames that were drawn, but not yet for certain finished. */
  let owed = 0;

  let target: Target | null = null;
  let selection: UnitName | null = null;
  let pointer: Place | null = null;

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
    if (disposed || contextLost || size.isNothing) return;
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
    if (contextLost || size.isNothing) return;
    const start = performance.now();
    if (size.apply(pace.begin(start))) layers.pixel = size.lineWidth;
    const isTurning = layers.step(start);
    const moving = camera.update(Math.min(0.1, Math.max(0.001, (start - updatedAt) / 1000))) || isTurning;
    updatedAt = start;
    upload(moving);
    placeField();
    renderer.render(scene, camera.camera);
    draws += 1;
    recent = [...recent.filter((at) => start - at < 1000), start];
    if (labelled.any) labelled.tell(projectLabels(layers.plans, layers.panels, camera.camera, size.width, size.height));
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

  /** Puts the waiting frame on the graphics card, only the layers that are seen and differ. */
  function upload(moving: boolean): void {
    const unitsPerPixel = (at: { x: number; y: number; z: number }) =>
      camera.unitsPerPixel(at, size.height * size.ratio);
    if (waiting) layers.show(waiting, colorScale, unitsPerPixel);
    else if (!moving) layers.refine(colorScale, unitsPerPixel);
    waiting = null;
    owed += taken;
    taken = 0;
  }

  // ---- what stands where ----

  function place(arrival: Arrival): void {
    if (size.isNothing || layers.plans.length === 0) return;
    const isGliding = arrival === 'glide' && isSmooth;
    const arrangement = layers.arrange(layout, sight, size, performance.now(), isGliding);
    const standing = arrangement.panels.filter((panel) => panel !== null);
    camera.frame(standing, arrangement, size.width, size.height, arrival);
    mark();
    invalidate(isGliding ? 'motion' : 'still');
  }

  function clear(): void {
    layers.clear();
    [waiting, taken, owed] = [null, 0, 0];
    [target, selection] = [null, null];
    sight = { kind: 'network' };
    field.hide();
  }

  function paint(): void {
    clearColor.setStyle(palette.background, SRGBColorSpace);
    colors.image = { data: bakeColors(palette), width: colorSteps, height: colorRows.length };
    colors.needsUpdate = true;
    layers.paint(palette);
    field.paint(palette);
  }

  // ---- pointing ----

  function setTarget(next: Target | null, at: Place | null): void {
    const same =
      next?.layer === target?.layer &&
      next?.quad === target?.quad &&
      next?.column === target?.column &&
      next?.row === target?.row;
    if (same && next === null) return;
    if (!same) {
      target = next;
      mark();
      invalidate('still');
    }
    hovered.tell(next && hitOf(next, at));
  }

  function mark(): void {
    layers.mark(target, selected());
  }

  /** The selected unit, where it is drawn. */
  function selected(): Target | null {
    const unit = selection;
    if (!unit) return null;
    const layer = layers.plans.findIndex((plan) => plan.layer === unit.layer && plan.quads[0]?.look !== 'matrix');
    const quad = layers.plans[layer]?.quads.findIndex((each) => {
      if (each.part.part !== 'maps' && each.part.part !== 'input') return false;
      const cell = unit.row * each.part.width + unit.column - each.first;
      return each.plane === unit.map && cell >= 0 && cell < each.cells;
    });
    const panel = layers.settled[layer];
    if (quad === undefined || quad < 0 || !panel) return null;
    const each = layers.plans[layer]!.quads[quad]!;
    return { layer, quad, ...cellOfUnit(each, unit.row, unit.column, gridOf(each, panel.rects[quad]!).columns) };
  }

  function hitOf({ layer, quad: index, column, row }: Target, at: Place | null): SceneHit {
    const quad = layers.plans[layer]!.quads[index]!;
    const rect = layers.panels[layer]?.rects[index];
    const columns = rect ? gridOf(quad, rect).columns : quad.columns;
    const found = placeInPlane(quad, Math.max(0, column), Math.max(0, row), columns);
    const { plane } = found;
    const step = quad.colourStep;
    return {
      ...{ part: quad.part, panel: layers.plans[layer]!.layer, isCell: column >= 0 },
      ...{ planes: step > 0 ? [plane, plane + step, plane + 2 * step] : [plane], ...found },
      ...(at ?? placeOnScreen(layer, index)),
    };
  }

  function placeOnScreen(layer: number, quad: number): Place {
    const panel = layers.panels[layer];
    const rect = panel?.rects[quad];
    if (!panel || !rect) return { x: size.width / 2, y: size.height / 2 };
    const { x, y, z } = worldFromPanel(panel, rect.x, rect.y);
    const at = new Vector3(x, y, z).project(camera.camera);
    return { x: ((at.x + 1) / 2) * size.width, y: ((1 - at.y) / 2) * size.height };
  }

  function targetAt({ x, y }: Place): Target | null {
    const ray = camera.ray((x / size.width) * 2 - 1, 1 - (y / size.height) * 2);
    return pick(ray, layers.plans, layers.panels);
  }

  function point(): void {
    if (pointer && !size.isNothing) setTarget(targetAt(pointer), pointer);
  }

  /** Marks what the unit that is pointed at, or else the selected one, sees of the image. */
  function placeField(): void {
    const seer = target && target.column >= 0 ? target : selected();
    const [image] = layers.panels;
    const panel = seer && layers.panels[seer.layer];
    const quad = seer && layers.plans[seer.layer]!.quads[seer.quad]!;
    const input = layers.plans[0]?.quads[0];
    if (
      !trace ||
      !image ||
      !panel ||
      !quad ||
      !input ||
      seer.layer === 0 ||
      quad.part.part !== 'maps' ||
      !isMap(quad.part)
    ) {
      field.hide();
      return;
    }
    const { row, column } = placeInPlane(quad, seer.column, seer.row, gridOf(quad, panel.rects[seer.quad]!).columns);
    const { clipped } = receptiveFieldOf(trace, quad.part.layer, row, column);
    const corners = (of: typeof image, rect: (typeof image.rects)[number], box: Box, grow = 0) => {
      const [left, top] = [rect.x - rect.width / 2, rect.y + rect.height / 2];
      const at = (x: number, y: number) => worldFromPanel(of, left + x * rect.width, top - y * rect.height);
      const [dx, dy] = [grow / rect.width, grow / rect.height];
      return [
        at(box.left - dx, box.top - dy),
        at(box.left + box.width + dx, box.top - dy),
        at(box.left + box.width + dx, box.top + box.height + dy),
        at(box.left - dx, box.top + box.height + dy),
      ] as const;
    };
    const share = (box: Box, columns: number, rows: number): Box => ({
      ...{ left: box.left / columns, width: box.width / columns },
      ...{ top: box.top / rows, height: box.height / rows },
    });
    const seen = share(clipped, input.columns, input.rows);
    const pixel = camera.unitsPerPixel(worldFromPanel(image, 0, 0), size.height);
    const unit = { left: seer.column, top: seer.row, width: 1, height: 1 };
    field.show(
      corners(image, image.rects[0]!, seen),
      corners(image, image.rects[0]!, seen, 1.2 * pixel),
      corners(panel, panel.rects[seer.quad]!, share(unit, quad.columns, quad.rows)),
    );
  }

  const stopListening = listenToPointer(canvas, {
    points(at) {
      pointer = at;
      if (at) point();
      else setTarget(null, null);
    },
    presses(at) {
      // While panels change their places, nobody can mean one.
      if (size.isNothing || layers.isMoving(performance.now())) return;
      const met = targetAt(at);
      pressed.tell(met && hitOf(met, at));
    },
    pressesTwice() {
      if (!target) left.tell(null);
    },
  });
  const listening = new AbortController();
  const { signal } = listening;
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

  function walk(walked: Walk): void {
    const next = steps[walked](layers.plans, layers.settled, target);
    if (next) setTarget(next, null);
  }

  camera.smooth = isSmooth;
  paint();

  return {
    /** Shows this network, empty until its first frame, and the whole of it. */
    setNetwork(next: NetworkTrace): void {
      clear();
      hovered.tell(null);
      trace = next;
      layers.setNetwork(next);
      layers.pixel = size.lineWidth;
      place('jump');
    },

    /**
     * Takes the newest frame, of the whole network or of what `view` names; one that still waits for its draw is replaced. What a frame does not
     * hold stays as it was. The scene keeps `bytes`: do not change them.
     * @throws RangeError if the frame is not one of this network's.
     */
    setFrame(bytes: Uint8Array, view: FrameView = wholeView): void {
      waiting = layers.sourceOf(bytes, view);
      taken += 1;
      invalidate('data');
    },

    /** How the whole stands, and what of it is looked at; goes there. */
    look(nextLayout: Layout, nextSight: Sight): void {
      const isSame = layout === nextLayout && JSON.stringify(sight) === JSON.stringify(nextSight);
      if (isSame) return;
      [layout, sight] = [nextLayout, nextSight];
      setTarget(null, null);
      place('glide');
    },

    /** The layers whose frames show all that is seen of this one from near by. */
    watchedFor: (layer: string): readonly string[] => layers.watchedFor(layer),

    /** Marks a unit for good, and what it sees; null for none. */
    select(unit: UnitName | null): void {
      selection = unit;
      mark();
      invalidate('still');
    },

    setColors(theme: SceneTheme): void {
      palette = palettes[theme];
      paint();
      invalidate('still');
    },

    /** `layer`: equal colours are equal numbers within a layer. `map`: each map spans the whole scale. */
    setColorScale(scale: ColorScale): void {
      colorScale = scale;
      layers.scale = scale;
      invalidate('still');
    },

    /** CSS pixels, and device pixels a CSS pixel. A scene without size is not to be seen, and is not drawn. */
    setSize(width: number, height: number, devicePixelRatio: number): void {
      Object.assign(size, { width, height, ratio: devicePixelRatio });
      place('unless-moved');
    },

    setReducedMotion(reduced: boolean): void {
      isSmooth = !reduced;
      camera.smooth = isSmooth;
    },

    /** Whether the network trains beside the drawing: then drawing keeps to its share of the machine. */
    setBusy(busy: boolean): void {
      pace.setBusy(busy);
      schedule();
    },

    /** The cell under the pointer, or the map that the keyboard has reached; null: none. Answers how to stop listening. */
    onHover: hovered.add,
    /** What was pressed: a cell, or null for the ground. */
    onPress: pressed.add,
    /** The ground was pressed twice: back to the whole. */
    onLeave: left.add,
    /** Names' places, after every draw. */
    onLabels: labelled.add,
    /** After a draw that showed a new frame has really been finished. */
    onDrawn: drawn.add,
    /** `true` when the graphics context is lost, `false` when it is back. */
    onContextLost: lost.add,

    /** Lets go of what is marked by pointer or keyboard; `onHover` is told. */
    letGo: () => setTarget(null, null),
    /** The cell that is pointed at or walked to. */
    pointed: (): SceneHit | null => target && hitOf(target, null),
    walk,

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
      stopListening();
      listening.abort();
      clearTimeout(timer);
      if (request !== undefined) cancelAnimationFrame(request);
      giveUpFence?.();
      clear();
      field.dispose();
      colors.dispose();
      camera.dispose();
      renderer.dispose();
    },
  };
}

type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** Units in a row see everything: nothing is to be marked. */
function isMap({ planes, height }: FramePart): boolean {
  return planes > 1 || height > 1;
}
