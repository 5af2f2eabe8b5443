/**
 * Drawing in software, for machines without a graphics card. Never for a shipped build.
 *
 * WebGL runs on the processor, but the page is put together without it, as Chromium itself does where it finds no card:
 * laying the finished page out through WebGL again took eight times what the scene does (940 against 110 ms a second).
 */
export const softwareRendering = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--ignore-gpu-blocklist',
  '--enable-unsafe-swiftshader',
  '--disable-gpu-compositing',
];

/**
 * Chromium's sandbox refuses to run as root, as containers often do.
 *
 * @returns {string[]}
 */
export function sandboxFlags() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/**
 * The environment for Electron: where this one would have made it a plain Node, it must not.
 *
 * @returns {Record<string, string>}
 */
export function electronEnvironment() {
  const entries = Object.entries(process.env).filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE');
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']));
}
