/// <reference lib="dom" />
/* global document */
import {
  CanvasTexture,
  Mesh,
  MeshBasicMaterial,
  PerspectiveCamera,
  PlaneGeometry,
  Scene,
  SRGBColorSpace,
  WebGLRenderer,
} from 'three';
import { planeOf } from '../../../../shared/frame/layout.ts';
import { cornersOf, marginsFor, restStance } from '../../../../renderer/scene/camera.ts';
import { bakeColors, colorRows, colorSteps, palettes } from '../../../../renderer/scene/colors.ts';
import { fieldOfView, fitted } from '../../../../renderer/scene/fit.ts';
import { worldFromPanel } from '../../../../renderer/scene/picking.ts';
import { placeNetwork } from '../../../../renderer/scene/placement.ts';
import { planNetwork } from '../../../../renderer/scene/plan.ts';
import { afterDrawing } from '../../../../renderer/scene/fence.ts';

/**
 * The same maps, kernels and units at the same places and in the same colours, drawn as one writes it first: each a mesh of its own with a
 * canvas as its texture, painted anew with `putImageData` when its numbers change.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {import('../../../../shared/network/shapes.ts').NetworkTrace} trace
 * @param {number} width
 * @param {number} height
 */
export function createNaiveScene(canvas, trace, width, height) {
  const renderer = new WebGLRenderer({ canvas });
  renderer.setSize(width, height, false);
  const gl = /** @type {WebGL2RenderingContext} */ (renderer.getContext());
  const scene = new Scene();
  const plans = planNetwork(trace);
  const panels = placeNetwork(plans, width / height);
  const colors = bakeColors(palettes.dark);

  const pictures = plans.flatMap((plan, i) =>
    plan.quads.map((quad, q) => {
      const picture = document.createElement('canvas');
      picture.width = quad.columns;
      picture.height = quad.rows;
      const context = /** @type {CanvasRenderingContext2D} */ (picture.getContext('2d'));
      const texture = new CanvasTexture(picture);
      texture.colorSpace = SRGBColorSpace;
      const rect = panels[i].rects[q];
      const mesh = new Mesh(new PlaneGeometry(rect.width, rect.height), new MeshBasicMaterial({ map: texture }));
      const { x, y, z } = worldFromPanel(panels[i], rect.x, rect.y);
      mesh.position.set(x, y, z);
      mesh.rotation.y = panels[i].turn;
      scene.add(mesh);
      const row = quad.look === 'image' || quad.look === 'colour' ? 'grey' : quad.signed ? 'signed' : 'unsigned';
      return {
        quad,
        context,
        image: context.createImageData(quad.columns, quad.rows),
        texture,
        table: colorRows.indexOf(row) * colorSteps * 4,
      };
    }),
  );

  const camera = new PerspectiveCamera(fieldOfView, width / height, 0.1, 1000);
  const radians = (fieldOfView * Math.PI) / 180;
  const { position, target, distance } = fitted(
    cornersOf(panels),
    restStance,
    radians,
    width / height,
    marginsFor(width, height),
  );
  camera.far = distance * 4;
  camera.updateProjectionMatrix();

  /** @param {number} azimuth */
  function stand(azimuth) {
    camera.position.set(target.x + distance * Math.sin(azimuth), position.y, target.z + distance * Math.cos(azimuth));
    camera.lookAt(target.x, target.y, target.z);
  }
  stand(0);

  /** Draws, and waits until the last pixel stands. */
  const drawn = () =>
    /** @type {Promise<void>} */ (
      new Promise((resolve) => {
        renderer.render(scene, camera);
        afterDrawing(gl, resolve);
      })
    );

  return {
    pictures: pictures.length,

    /** @param {Uint8Array} frame */
    async update(frame) {
      for (const { quad, context, image, texture, table } of pictures) {
        const bytes = planeOf(frame, quad.part, quad.plane);
        for (let cell = 0; cell < quad.cells; cell += 1) {
          const color = table + 4 * bytes[quad.first + cell];
          image.data[4 * cell] = colors[color];
          image.data[4 * cell + 1] = colors[color + 1];
          image.data[4 * cell + 2] = colors[color + 2];
          image.data[4 * cell + 3] = 255;
        }
        context.putImageData(image, 0, 0);
        texture.needsUpdate = true;
      }
      await drawn();
    },

    /** @param {number} azimuth */
    async orbit(azimuth) {
      stand(azimuth);
      await drawn();
    },

    dispose() {
      scene.traverse((object) => {
        if (!(object instanceof Mesh)) return;
        object.geometry.dispose();
        object.material.map.dispose();
        object.material.dispose();
      });
      renderer.dispose();
      renderer.forceContextLoss();
    },
  };
}
