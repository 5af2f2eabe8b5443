import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildApp } from './build/build-app.mjs';
import { progressForPeople } from './setup/progress.mjs';
import { root } from './setup/root.mjs';
import { setUp } from './setup/set-up.mjs';

// Standard output belongs to the command: set-up and build speak on standard error.
const isSetUp = (await setUp({ progressOf: progressForPeople(process.stderr) })) !== 'failed';
if (!isSetUp || !(await buildApp())) process.exit(1);

const lab = spawn(process.execPath, [join(root, 'out', 'main', 'cli.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.removeAllListeners(signal);
  process.on(signal, () => lab.kill(signal));
}
lab.on('close', (code, signal) => {
  if (signal === null) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
