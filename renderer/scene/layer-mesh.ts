import {
  BufferAttribute,
  BufferGeometry,
  DataArrayTexture,
  GLSL3,
  LinearFilter,
  Mesh,
  RawShaderMaterial,
  RedFormat,
  Sphere,
  type Texture,
  Vector2,
  Vector3,
} from 'three';
import { bytesOf, colorRows, type Palette } from './colors.ts';
import { type ColorScale, gainsFromFrame } from './gains.ts';
import { type LayerPlan, looks, type Quad } from './plan.ts';
import type { Rect } from './panel-contents.ts';
import type { Panel } from './placement.ts';
import { fragmentShader, vertexShader } from './shaders.ts';
import { emptyTexels, texelsFromFrame } from './texels.ts';

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
  readonly #texels: Uint8Array<ArrayBuffer>;
  readonly #texture: DataArrayTexture;
  readonly #gains: BufferAttribute;
  readonly #rects: BufferAttribute;

  constructor(plan: LayerPlan, colors: Texture) {
    this.plan = plan;
    const { width, height, slices } = plan.texture;
    this.#texels = emptyTexels(plan);
    this.#texture = new DataArrayTexture(this.#texels, width, height, slices);
    this.#texture.format = RedFormat;
    this.#texture.unpackAlignment = 1;
    this.#texture.minFilter = LinearFilter;
    this.#texture.magFilter = LinearFilter;
    this.#texture.needsUpdate = true;

    const quads = plan.quads.length + 1;
    const texels = vertexAttribute(quads, 4);
    const grid = vertexAttribute(quads, 4);
    plan.quads.forEach((quad, i) => {
      write(texels, i, [quad.x, quad.y, quad.slice, quad.cells]);
      write(grid, i, [quad.columns, quad.rows, looks.indexOf(quad.look), colorRows.indexOf(colorRowOf(quad))]);
    });
    write(grid, plan.quads.length, [1, 1, looks.indexOf('rule'), 0]);
    this.#rects = vertexAttribute(quads, 4);
    this.#gains = vertexAttribute(quads, 2);

    const geometry = new BufferGeometry();
    geometry.setIndex(
      Array.from({ length: quads }, (_, i) => [0, 1, 2, 2, 1, 3].map((vertex) => 4 * i + vertex)).flat(),
    );
    geometry.setAttribute('rect', this.#rects);
    geometry.setAttribute('texels', texels);
    geometry.setAttribute('grid', grid);
    geometry.setAttribute('gain', this.#gains);

    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      uniforms: {
        values: { value: this.#texture },
        colors: { value: colors },
        slice: { value: new Vector2(width, height) },
        pad: { value: pad },
        pixel: { value: 1 },
        highlighted: { value: -1 },
        cell: { value: new Vector2(-1, -1) },
        background: { value: new Vector3() },
        frame: { value: new Vector3() },
        rule: { value: new Vector3() },
        accent: { value: new Vector3() },
        track: { value: new Vector3() },
      },
    });
    // The back of a map is the map seen through: orbiting behind is limited, but never shows nothing.
    material.side = 2;
    this.mesh = new Mesh(geometry, material);
    this.mesh.name = plan.layer;
  }

  place(panel: Panel): void {
    [...panel.rects, panel.base].forEach(({ x, y, width, height }: Rect, i) => {
      write(this.#rects, i, [x, y, width, height]);
    });
    this.#rects.needsUpdate = true;
    this.mesh.position.set(panel.x, panel.y, 0);
    this.mesh.rotation.y = panel.turn;
    this.mesh.updateMatrixWorld();
    // What stands outside the view is not drawn at all.
    const bottom = panel.base.y;
    const top = panel.height / 2;
    const radius = Math.hypot(panel.width / 2, (top - bottom) / 2) + pad;
    this.mesh.geometry.boundingSphere = new Sphere(new Vector3(0, (top + bottom) / 2, 0), radius);
  }

  paint(palette: Palette): void {
    for (const name of ['background', 'frame', 'rule', 'accent', 'track'] as const) {
      const [r, g, b] = bytesOf(palette[name]);
      (this.mesh.material.uniforms[name]!.value as Vector3).set(r / 255, g / 255, b / 255);
    }
  }

  show(frame: Uint8Array): void {
    texelsFromFrame(this.plan, frame, this.#texels);
    this.#texture.needsUpdate = true;
  }

  scaleColors(frame: Uint8Array, scale: ColorScale): void {
    const gains = gainsFromFrame(this.plan, frame, scale);
    for (let i = 0; i < this.plan.quads.length; i += 1) write(this.#gains, i, [gains[2 * i]!, gains[2 * i + 1]!]);
    this.#gains.needsUpdate = true;
  }

  /** `quad`: index into the plan's quads, −1 for none. `column`, `row`: a cell as drawn, −1 for the whole quad. */
  highlight(quad: number, column: number, row: number): void {
    this.mesh.material.uniforms.highlighted!.value = quad;
    (this.mesh.material.uniforms.cell!.value as Vector2).set(column, row);
  }

  /** Drawn pixels a CSS pixel: lines keep their width when the resolution changes. */
  set pixel(value: number) {
    this.mesh.material.uniforms.pixel!.value = value;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.#texture.dispose();
  }
}

function colorRowOf({ look, signed }: Quad): (typeof colorRows)[number] {
  if (look === 'image') return 'grey';
  return signed ? 'signed' : 'unsigned';
}

/** Room for `size` numbers at each of a quad's four vertices. */
function vertexAttribute(quads: number, size: number): BufferAttribute {
  return new BufferAttribute(new Float32Array(quads * 4 * size), size);
}

/** The same numbers at all four vertices of a quad. */
function write({ array, itemSize }: BufferAttribute, quad: number, numbers: readonly number[]): void {
  for (let vertex = 0; vertex < 4; vertex += 1) array.set(numbers, (4 * quad + vertex) * itemSize);
}
