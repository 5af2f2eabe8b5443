/** CSS pixels from the canvas's top left. */
export type Place = { readonly x: number; readonly y: number };

/** A press that moved further than this, in CSS pixels, was a drag. */
const mostShake = 4;

/**
 * Tells apart what a pointer does over the canvas: pointing, pressing, and dragging, which the camera takes.
 * Answers how to stop listening.
 */
export function listenToPointer(
  canvas: HTMLCanvasElement,
  tell: {
    readonly points: (at: Place | null) => void;
    readonly presses: (at: Place) => void;
    readonly pressesTwice: () => void;
  },
): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  let down: Place | null = null;
  const placeOf = (event: MouseEvent): Place => ({ x: event.offsetX, y: event.offsetY });

  canvas.addEventListener(
    'pointermove',
    (event) => {
      // While the view is dragged, nothing is pointed at.
      if (event.buttons === 0) tell.points(placeOf(event));
    },
    { signal },
  );
  canvas.addEventListener('pointerleave', () => tell.points(null), { signal });
  canvas.addEventListener(
    'pointerdown',
    (event) => {
      down = event.button === 0 && event.isPrimary ? placeOf(event) : null;
    },
    { signal },
  );
  canvas.addEventListener(
    'pointerup',
    (event) => {
      const up = placeOf(event);
      if (down && Math.hypot(up.x - down.x, up.y - down.y) <= mostShake) tell.presses(up);
      down = null;
    },
    { signal },
  );
  canvas.addEventListener('pointercancel', () => (down = null), { signal });
  canvas.addEventListener('dblclick', tell.pressesTwice, { signal });
  return () => listening.abort();
}
