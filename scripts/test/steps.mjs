import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '../build/build-app.mjs';
import { runTool } from '../build/tool.mjs';
import { root } from '../setup/root.mjs';
import { hasDisplay, openVirtualDisplay } from '../start/virtual-display.mjs';
import { tallyOfExit, tallyOfPlaywright, tallyOfVitest } from './tally.mjs';

/**
 * One step of `npm test`.
 *
 * @typedef {{ group: 'lint' | 'unit' | 'e2e', heading: string, run: () => Promise<import('./tally.mjs').Tally> }} Step
 */

/**
 * A tool that is one check by itself.
 *
 * @param {string} heading
 * @param {string} tool
 * @param {string[]} args
 * @returns {Step}
 */
function check(heading, tool, args) {
  return { group: 'lint', heading, run: async () => tallyOfExit(await runTool(tool, args)) };
}

/** @type {Step[]} */
export const steps = [
  check('Formatting', 'prettier', ['--check', '--log-level', 'warn', '.']),
  check('Lint', 'eslint', ['.', '--max-warnings', '0']),
  check('Walls between folders', 'depcruise', [
    ...['main', 'renderer', 'shared', 'e2e', 'scripts'],
    ...['--config', '.dependency-cruiser.cjs'],
  ]),
  check('Unused files, exports and packages', 'knip', []),
  check('Types of main and shared', 'tsc', ['-p', 'tsconfig.node.json']),
  check('Types of the scripts', 'tsc', ['-p', 'tsconfig.scripts.json']),
  check('Types of the end-to-end tests', 'tsc', ['-p', 'tsconfig.e2e.json']),
  check('Types of the renderer', 'svelte-check', ['--tsconfig', './tsconfig.web.json', '--fail-on-warnings']),
  { group: 'unit', heading: 'Unit tests', run: runVitest },
  { group: 'e2e', heading: 'End-to-end tests', run: runPlaywright },
];

async function runVitest() {
  const file = 'out/unit-report.json';
  rmSync(join(root, file), { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const exitStatus = await runTool('vitest', ['run', ...reporters]);
  return tallyOfVitest(reportIn(file), exitStatus);
}

async function runPlaywright() {
  if (!(await buildApp())) return { passed: 0, failed: 1 };
  const file = 'out/e2e-report.json';
  rmSync(join(root, file), { force: true });
  // As large as the largest window that is tested.
  const display = hasDisplay() ? undefined : await openVirtualDisplay({ width: 1920, height: 1080 });
  const env = { CONVOLENS_E2E_REPORT: file, ...(display && { DISPLAY: display.display }) };
  const exitStatus = await runTool('playwright', ['test'], { env });
  display?.close();
  return tallyOfPlaywright(reportIn(file), exitStatus);
}

/**
 * A JSON report, or undefined where the tool left none.
 *
 * @param {string} file
 */
function reportIn(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8'));
  } catch {
    return undefined;
  }
}
