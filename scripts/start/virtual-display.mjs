import { spawn } from 'node:child_process';
import { findProgram } from '../setup/find-program.mjs';

/**
 * Whether a window can be shown: elsewhere than on Linux there always is a display.
 *
 * @returns {boolean}
 */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/**
 * Opens a virtual display that ends with this process at the latest.
 *
 * @param {{ width: number, height: number }} [size] in pixels; the window's first size if left out
 * @returns {Promise<{ display: string, close: () => void }>} `display` as in DISPLAY
 */
export async function openVirtualDisplay({ width, height } = { width: 1280, height: 800 }) {
  const failed = new Error('The virtual display (Xvfb) did not start: `npm run setup` installs it.');
  const program = findProgram('Xvfb');
  if (program === undefined) throw failed;
  // Xvfb picks a free number and writes it to its file descriptor 3.
  const screen = `${width}x${height}x24`;
  const server = spawn(program, ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    // In a group of its own Ctrl-C does not reach it: the app is to go first.
    detached: true,
  });
  const close = () => void server.kill();
  process.once('exit', close);
  const number = await new Promise((resolve, reject) => {
    server.on('error', () => reject(failed));
    server.on('exit', () => reject(failed));
    server.stdio[3]?.on('data', (text) => resolve(String(text).trim()));
  });
  server.unref();
  return { display: `:${number}`, close };
}
