/// <reference lib="dom" />
/* global document, requestAnimationFrame, WebGL2RenderingContext */
// What benches run within the page: each function stands alone, since only its text goes there.

/** Counts the scene's draws from here on: each ends with one fence. */
export function countDraws() {
  const page = /** @type {{ draws?: number }} */ (globalThis);
  page.draws = 0;
  const { fenceSync } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.fenceSync = function (/** @type {number} */ condition, /** @type {number} */ flags) {
    page.draws = (page.draws ?? 0) + 1;
    return fenceSync.call(this, condition, flags);
  };
}

/** Counts from here on the textures and buffers that WebGL contexts hold. */
export function countWebGlObjects() {
  const page = /** @type {{ webGlObjects?: number }} */ (globalThis);
  page.webGlObjects = 0;
  const prototype = /** @type {Record<string, (...args: unknown[]) => unknown>} */ (
    /** @type {unknown} */ (WebGL2RenderingContext.prototype)
  );
  for (const kind of ['Texture', 'Buffer']) {
    for (const [verb, change] of /** @type {const} */ ([
      ['create', 1],
      ['delete', -1],
    ])) {
      const plain = prototype[verb + kind];
      prototype[verb + kind] = function (...args) {
        // Deleting nothing is allowed, and changes nothing.
        if (verb === 'create' || args[0]) page.webGlObjects = (page.webGlObjects ?? 0) + change;
        return plain.apply(this, args);
      };
    }
  }
}

/** How far training and drawing are, and when, in milliseconds; and what WebGL holds. */
export function progress() {
  return {
    step: Number(document.querySelector('[data-testid="step"]')?.textContent?.replace(/\D/g, '') ?? 0),
    draws: /** @type {{ draws?: number }} */ (globalThis).draws ?? 0,
    webGlObjects: /** @type {{ webGlObjects?: number }} */ (globalThis).webGlObjects ?? 0,
    at: performance.now(),
  };
}

/**
 * Milliseconds from the next click until the frame that shows what it did.
 *
 * @returns {Promise<number>}
 */
export function nextClickShown() {
  return new Promise((resolve) => {
    const answer = (/** @type {Event} */ event) => {
      requestAnimationFrame(() => resolve(performance.now() - event.timeStamp));
    };
    document.addEventListener('click', answer, { once: true });
  });
}
