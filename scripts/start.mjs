import { buildApp } from './build/build-app.mjs';
import { setUp } from './setup/set-up.mjs';
import { firstLight } from './start/first-light.mjs';
import { openWindow } from './start/open-window.mjs';
import { hasDisplay } from './start/virtual-display.mjs';

if ((await setUp()) === 'failed' || !(await buildApp())) process.exit(1);

try {
  if (hasDisplay()) process.exit(await openWindow());
  process.stdout.write('There is no display here: the app runs under a virtual one and trains for one epoch.\n');
  process.stdout.write(`${await firstLight()}\n`);
  process.exit(0);
} catch (error) {
  process.stderr.write(`The lab did not start: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
