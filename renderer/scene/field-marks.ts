import { BufferAttribute, BufferGeometry, Color, LineBasicMaterial, LineSegments, SRGBColorSpace } from 'three';
import type { Palette } from './colors.ts';
import type { Point } from './fit.ts';

/** A rectangle in space by its corners: top left, top right, bottom right, bottom left. */
export type Corners = readonly [Point, Point, Point, Point];

/** Edges of two rectangles, and the four lines between a third and the first. */
const segments = 4 + 4 + 4;
const calm = 0.4;

/** The rectangle of the image that a unit sees, and the four lines to it from the unit. One draw; none while nothing is marked. */
export class FieldMarks {
  readonly lines: LineSegments<BufferGeometry, LineBasicMaterial>;
  readonly #positions = new BufferAttribute(new Float32Array(segments * 6), 3);
  readonly #colors = new BufferAttribute(new Float32Array(segments * 8), 4);

  constructor() {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', this.#positions);
    geometry.setAttribute('color', this.#colors);
    // The materials of the maps give sRGB as it is: these lines are told to be no different in `paint`.
    const material = new LineBasicMaterial({
      vertexColors: true,
      transparent: true,
      depthTest: false,
      toneMapped: false,
    });
    this.lines = new LineSegments(geometry, material);
    this.lines.frustumCulled = false;
    this.lines.renderOrder = 1;
    this.lines.matrixAutoUpdate = false;
    this.lines.visible = false;
  }

  paint({ accent, background }: Palette): void {
    const inner = new Color().setStyle(accent, SRGBColorSpace);
    const outer = new Color().setStyle(background, SRGBColorSpace);
    for (let segment = 0; segment < segments; segment += 1) {
      const { r, g, b } = segment >= 4 && segment < 8 ? outer : inner;
      for (let end = 0; end < 2; end += 1) {
        this.#colors.setXYZW(2 * segment + end, r, g, b, segment < 8 ? 1 : calm);
      }
    }
    this.#colors.needsUpdate = true;
  }

  /** `rim`: the field a pixel larger, so that its line stands out against light and dark. */
  show(field: Corners, rim: Corners, unit: Corners): void {
    let vertex = 0;
    const put = ({ x, y, z }: Point) => this.#positions.setXYZ(vertex++, x, y, z);
    for (const corners of [field, rim]) {
      for (let i = 0; i < 4; i += 1) {
        put(corners[i]!);
        put(corners[(i + 1) % 4]!);
      }
    }
    for (let i = 0; i < 4; i += 1) {
      put(field[i]!);
      put(unit[i]!);
    }
    this.#positions.needsUpdate = true;
    this.lines.visible = true;
  }

  hide(): void {
    this.lines.visible = false;
  }

  dispose(): void {
    this.lines.geometry.dispose();
    this.lines.material.dispose();
  }
}
