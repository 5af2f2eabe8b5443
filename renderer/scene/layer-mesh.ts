import {
  BufferAttribute,
  BufferGeometry,
  DataArrayTexture,
  DoubleSide,
  DynamicDrawUsage,
  GLSL3,
  LinearFilter,
  Mesh,
  RawShaderMaterial,
  RedFormat,
  Sphere,
  type Texture,
  Vector2,
  Vector3,
  Vector4,
} from 'three';
import { bytesOf, colorRows, type Palette } from './colors.ts';
import type { FrameSource } from './frame-source.ts';
import { type ColorScale, gainsFromFrame, isSigned } from './gains.ts';
import { isReducible, type Packing, packingOf, type Reduction, reductionOf } from './packing.ts';
import { gridOf } from './panel-contents.ts';
import type { Panel } from './placement.ts';
import { type LayerPlan, looks, type Quad } from './plan.ts';
import { fragmentShader, shaderDefines, vertexShader } from './shaders.ts';
import { emptyTexels, layerDiffers, texelsFromFrame } from './texels.ts';

/** World units around each quad for its frame and soft edge. */
const pad = 0.03;

/**
 * One layer on the graphics card: one texture array and one draw call for all its quads (the last is the line it stands on).
 *
 * Four vertices a quad rather than an instance a quad: software rendering draws instances one by one, at 20 µs each.
 */
export class LayerMesh {
  readonly mesh: Mesh<BufferGeometry, RawShaderMaterial>;
  readonly plan: LayerPlan;
  #packing: Packing;
  #texels: Uint8Array<ArrayBuffer>;
  #texture: DataArrayTexture;
  readonly #gains: Float32Array;
  readonly #uniforms: Uniforms;
  readonly #materials: { readonly plain: RawShaderMaterial; readonly marked: RawShaderMaterial };
  readonly #attributes: Readonly<Record<'rect' | 'texels' | 'grid' | 'gain', BufferAttribute>>;
  /** The frame that it shows. */
  #shown: FrameSource | null = null;
  #scale: ColorScale = 'layer';

  constructor(plan: LayerPlan, colors: Texture) {
    this.plan = plan;
    this.#packing = packingOf(plan.quads, 1);
    this.#texels = emptyTexels(this.#packing);
    this.#texture = this.#makeTexture();
    this.#gains = new Float32Array(2 * plan.quads.length);

    const quads = plan.quads.length + 1;
    const attribute = () => new BufferAttribute(new Float32Array(quads * 16), 4).setUsage(DynamicDrawUsage);
    this.#attributes = { rect: attribute(), texels: attribute(), grid: attribute(), gain: attribute() };
    const geometry = new BufferGeometry();
    geometry.setIndex(
      Array.from({ length: quads }, (_, i) => [0, 1, 2, 2, 1, 3].map((vertex) => 4 * i + vertex)).flat(),
    );
    for (const [name, values] of Object.entries(this.#attributes)) geometry.setAttribute(name, values);
    write(this.#attributes.grid, plan.quads.length, [1, 1, looks.indexOf('rule'), 0]);
    this.#writeRegions();
    this.plan.quads.forEach(({ signed }, i) => (this.#gains[2 * i] = signed ? 0.5 : 0));
    this.#writeGains();

    const [first] = plan.quads;
    const uniforms = {
      values: { value: this.#texture },
      colors: { value: colors },
      slice: { value: new Vector2(this.#packing.width, this.#packing.height) },
      tile: { value: new Vector2(first?.part.width ?? 1, first?.part.height ?? 1) },
      pad: { value: pad },
      pixel: { value: 1 },
      presence: { value: 1 },
      chosen: { value: new Vector2(-1, -1) },
      cell: { value: new Vector4(-1, -1, -1, -1) },
      background: { value: new Vector3() },
      frame: { value: new Vector3() },
      rule: { value: new Vector3() },
      accent: { value: new Vector3() },
      track: { value: new Vector3() },
    };
    this.#uniforms = uniforms;
    const shown = new Set(plan.quads.map(({ look }) => look));
    const material = (isMarked: boolean) =>
      new RawShaderMaterial({
        glslVersion: GLSL3,
        vertexShader,
        fragmentShader,
        uniforms,
        defines: shaderDefines(shown, isMarked),
        // The back of a map is the map seen through: orbiting behind is limited, but never shows nothing.
        side: DoubleSide,
      });
    this.#materials = { plain: material(false), marked: material(true) };
    this.mesh = new Mesh(geometry, this.#materials.plain);
    this.mesh.name = plan.layer;
  }

  /** `presence`: 0 to 1, how much of it is there. */
  place(panel: Panel, presence: number): void {
    const { rect, grid } = this.#attributes;
    panel.rects.forEach((place, i) => {
      write(rect, i, [place.x, place.y, place.width, place.height]);
      const quad = this.plan.quads[i]!;
      const { columns, rows } = gridOf(quad, place);
      write(grid, i, [columns, rows, looks.indexOf(quad.look), this.#colorRow(quad)]);
    });
    const { x, y, width, height } = panel.base;
    write(rect, panel.rects.length, [x, y, width, height]);
    rect.needsUpdate = true;
    grid.needsUpdate = true;
    this.mesh.position.set(panel.x, panel.y, 0);
    this.mesh.rotation.y = panel.turn;
    this.mesh.updateMatrixWorld();
    this.#uniforms.presence.value = presence;
    this.mesh.visible = presence > 0;
    // What stands outside the view is not drawn at all.
    const bottom = Math.min(-panel.height / 2, y);
    const top = panel.height / 2;
    const radius = Math.hypot(panel.width / 2, (top - bottom) / 2) + pad;
    this.mesh.geometry.boundingSphere = new Sphere(new Vector3(0, (top + bottom) / 2, 0), radius);
  }

  paint(palette: Palette): void {
    for (const name of ['background', 'frame', 'rule', 'accent', 'track'] as const) {
      const [r, g, b] = bytesOf(palette[name]);
      this.#uniforms[name].value.set(r / 255, g / 255, b / 255);
    }
  }

  /** Takes over what the frame holds of the layer; what it does not hold stays as it was. `reduction`: how finely maps are needed. */
  show(frame: FrameSource, scale: ColorScale, reduction: Reduction): void {
    if (!this.plan.quads.some(({ part }) => frame.find(part))) return;
    const isNew = !this.#shown || scale !== this.#scale || layerDiffers(this.plan, this.#shown, frame);
    const signs = this.#shown?.view.maps;
    const isRepacked = this.#repack(reduction);
    this.#shown = frame;
    this.#scale = scale;
    if (!isNew && !isRepacked) return;
    texelsFromFrame(this.plan, frame, this.#packing, scale, this.#texels);
    this.#texture.needsUpdate = true;
    gainsFromFrame(this.plan, frame, scale, this.#gains);
    this.#writeGains();
    if (signs !== frame.view.maps) this.#writeColorRows();
  }

  /** Shows again what it shows, as finely as it is needed now. */
  refine(reduction: Reduction): void {
    if (this.#shown && reduction !== this.#packing.reduction) this.show(this.#shown, this.#scale, reduction);
  }

  set scale(scale: ColorScale) {
    if (this.#shown) this.show(this.#shown, scale, this.#packing.reduction);
  }

  get reduction(): Reduction {
    return this.#packing.reduction;
  }

  /**
   * `pointed`, `selected`: indices into the plan's quads, −1 for none, each with a cell as drawn, −1 for the whole quad.
   */
  mark(pointed: Mark, selected: Mark): void {
    const { chosen, cell } = this.#uniforms;
    chosen.value.set(pointed.quad, selected.quad);
    cell.value.set(pointed.column, pointed.row, selected.column, selected.row);
    const { plain, marked } = this.#materials;
    this.mesh.material = pointed.quad >= 0 || selected.quad >= 0 ? marked : plain;
  }

  /** Drawn pixels a CSS pixel: lines keep their width when the resolution changes. */
  set pixel(value: number) {
    this.#uniforms.pixel.value = value;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    for (const material of Object.values(this.#materials)) material.dispose();
    this.#texture.dispose();
  }

  #makeTexture(): DataArrayTexture {
    const { width, height, slices } = this.#packing;
    const texture = new DataArrayTexture(this.#texels, width, height, slices);
    texture.format = RedFormat;
    texture.unpackAlignment = 1;
    texture.minFilter = LinearFilter;
    texture.magFilter = LinearFilter;
    texture.needsUpdate = true;
    return texture;
  }

  /** @returns whether the texture is another now, and empty. */
  #repack(reduction: Reduction): boolean {
    if (reduction === this.#packing.reduction || !this.plan.quads.some(isReducible)) return false;
    this.#packing = packingOf(this.plan.quads, reduction);
    this.#texels = emptyTexels(this.#packing);
    this.#texture.dispose();
    this.#texture = this.#makeTexture();
    this.#uniforms.values.value = this.#texture;
    this.#uniforms.slice.value.set(this.#packing.width, this.#packing.height);
    this.#writeRegions();
    return true;
  }

  #writeRegions(): void {
    this.#packing.places.forEach(({ slice, x, y, columns }, i) => {
      write(this.#attributes.texels, i, [x, y, slice, columns]);
    });
    this.#attributes.texels.needsUpdate = true;
  }

  #writeGains(): void {
    const { gain } = this.#attributes;
    this.plan.quads.forEach((quad, i) => {
      const texelSide = reductionOf(quad, this.#packing.reduction);
      write(gain, i, [this.#gains[2 * i]!, this.#gains[2 * i + 1]!, texelSide, quad.cells]);
    });
    gain.needsUpdate = true;
  }

  #writeColorRows(): void {
    const { grid } = this.#attributes;
    const { array } = grid;
    this.plan.quads.forEach((quad, i) => {
      for (let vertex = 0; vertex < 4; vertex += 1) array[(4 * i + vertex) * 4 + 3] = this.#colorRow(quad);
    });
    grid.needsUpdate = true;
  }

  #colorRow(quad: Quad): number {
    const signed = this.#shown ? isSigned(quad, this.#shown) : quad.signed;
    return colorRows.indexOf(quad.look === 'image' ? 'grey' : signed ? 'signed' : 'unsigned');
  }
}

type Uniforms = {
  readonly values: { value: DataArrayTexture };
  readonly slice: { readonly value: Vector2 };
  readonly pixel: { value: number };
  readonly presence: { value: number };
  readonly chosen: { readonly value: Vector2 };
  readonly cell: { readonly value: Vector4 };
} & Readonly<Record<'background' | 'frame' | 'rule' | 'accent' | 'track', { readonly value: Vector3 }>>;

/** A quad and a cell in it. */
export type Mark = { readonly quad: number; readonly column: number; readonly row: number };
export const noMark: Mark = { quad: -1, column: -1, row: -1 };

/** The same numbers at all four vertices of a quad. */
function write({ array, itemSize }: BufferAttribute, quad: number, numbers: readonly number[]): void {
  for (let vertex = 0; vertex < 4; vertex += 1) array.set(numbers, (4 * quad + vertex) * itemSize);
}
