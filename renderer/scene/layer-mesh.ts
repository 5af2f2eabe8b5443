import {
  BufferAttribute,
  DataArrayTexture,
  GLSL3,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
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
import type { Panel, Rect } from './placement.ts';
import { fragmentShader, vertexShader } from './shaders.ts';
import { emptyTexels, texelsFromFrame } from './texels.ts';

/** World units around each quad for its frame and soft edge. */
const pad = 0.03;

/** One layer on the graphics card: a quad an instance (the last is the line it stands on), one texture array, one draw call. */
export class LayerMesh {
  readonly mesh: Mesh<InstancedBufferGeometry, RawShaderMaterial>;
  readonly plan: LayerPlan;
  readonly #texels: Uint8Array<ArrayBuffer>;
  readonly #texture: DataArrayTexture;
  readonly #gains: InstancedBufferAttribute;
  readonly #rects: InstancedBufferAttribute;

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

    const instances = plan.quads.length + 1;
    const texels = new Float32Array(instances * 4);
    const grid = new Float32Array(instances * 4);
    plan.quads.forEach((quad, i) => {
      texels.set([quad.x, quad.y, quad.slice, quad.cells], i * 4);
      grid.set([quad.columns, quad.rows, looks.indexOf(quad.look), colorRows.indexOf(colorRowOf(quad))], i * 4);
    });
    grid.set([1, 1, looks.indexOf('rule'), 0], plan.quads.length * 4);
    this.#rects = new InstancedBufferAttribute(new Float32Array(instances * 4), 4);
    this.#gains = new InstancedBufferAttribute(new Float32Array(instances * 2), 2);

    const geometry = new InstancedBufferGeometry();
    geometry.instanceCount = instances;
    geometry.setIndex([0, 1, 2, 2, 1, 3]);
    geometry.setAttribute(
      'corner',
      new BufferAttribute(new Float32Array([-0.5, -0.5, 0.5, -0.5, -0.5, 0.5, 0.5, 0.5]), 2),
    );
    geometry.setAttribute('rect', this.#rects);
    geometry.setAttribute('texels', new InstancedBufferAttribute(texels, 4));
    geometry.setAttribute('grid', new InstancedBufferAttribute(grid, 4));
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
    const write = ({ x, y, width, height }: Rect, i: number) => this.#rects.setXYZW(i, x, y, width, height);
    panel.rects.forEach(write);
    write(panel.base, panel.rects.length);
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
    gainsFromFrame(this.plan, frame, scale, this.#gains.array as Float32Array);
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
