/** Polls this often: finer would take time from what it measures. */
const pollMillis = 3;
/** A fence that says nothing for this long (a lost context) is given up. */
const patienceMillis = 1000;

/**
 * Calls `done` once the graphics work issued so far is finished, without blocking the thread.
 * Answers a function that gives up waiting; `done` is not called then.
 */
export function afterDrawing(gl: WebGL2RenderingContext, done: () => void): () => void {
  const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  const since = performance.now();
  let timer = setTimeout(poll, 0);
  function poll() {
    const waiting =
      sync !== null &&
      !gl.isContextLost() &&
      gl.getSyncParameter(sync, gl.SYNC_STATUS) !== gl.SIGNALED &&
      performance.now() - since < patienceMillis;
    if (waiting) {
      timer = setTimeout(poll, pollMillis);
      return;
    }
    gl.deleteSync(sync);
    done();
  }
  return () => {
    clearTimeout(timer);
    gl.deleteSync(sync);
  };
}
