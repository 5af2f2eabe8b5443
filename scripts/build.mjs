import { parseArgs } from 'node:util';
import { buildApp } from './build/build-app.mjs';

const { values } = parseArgs({ options: { force: { type: 'boolean', default: false } } });

process.exitCode = (await buildApp(values)) ? 0 : 1;
