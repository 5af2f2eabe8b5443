import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

type Walls = { forbidden: object[]; options: ICruiseOptions };
const walls = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as Walls;

let house: string | undefined;
afterEach(() => {
  if (house) rmSync(house, { recursive: true });
  house = undefined;
});

/** Builds a house of these files and lists the walls that its imports break, once each. */
async function brokenWalls(files: Readonly<Record<string, string>>): Promise<string[]> {
  house = mkdtempSync(join(tmpdir(), 'convolens-walls-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  }
  const { forbidden, options } = walls;
  const result = await cruise(['.'], {
    ...options,
    baseDir: house,
    validate: true,
    ruleSet: { forbidden },
  } as ICruiseOptions);
  const { summary } = result.output as ICruiseResult;
  return [...new Set(summary.violations.map(({ rule }) => rule.name))];
}

const plain = 'export const it = 1;';
const uses = (module: string): string => `import { it } from '${module}';\nexport const used = it;\n`;
const svelteUses = (module: string): string => `<script lang="ts">\n  ${uses(module)}</script>\n<p>{used}</p>\n`;

describe('a house with all its walls', () => {
  it('has nothing to report', async () => {
    const files = {
      'shared/a.ts': uses('valibot') + "export * from './b.ts';",
      'shared/b.ts': plain,
      'shared/a.test.ts': uses('vitest') + "import 'node:fs';",
      'main/index.ts': uses('electron') + "import './trainer.ts';",
      'main/trainer.ts': uses('./worker/index.ts'),
      'main/cli.ts': uses('./lab/train.ts'),
      'main/lab/train.ts': uses('../worker/index.ts') + "export * from '../write-file.ts';",
      'main/write-file.ts': plain,
      'main/worker/index.ts':
        uses('@tensorflow/tfjs-node-gpu') + "export * from '../../shared/b.ts';\nexport * from '../write-file.ts';",
      'main/worker/index.test.ts': uses('@tensorflow/tfjs-node-gpu'),
      'renderer/main.ts': uses('./panels/Panel.svelte'),
      'renderer/panels/Panel.svelte': svelteUses('../scene/stage.ts'),
      'renderer/scene/stage.ts': uses('three') + "export * from '../../shared/b.ts';",
    };
    expect(await brokenWalls(files)).toEqual([]);
  });
});

describe('an import through a wall is reported:', () => {
  it.each([
    ['shared/ from main/', 'shared-reaches-nothing-outside', 'shared/a.ts', '../main/b.ts'],
    ['shared/ from the renderer', 'shared-reaches-nothing-outside', 'shared/a.ts', '../renderer/b.ts'],
    ['shared/ from Node', 'shared-reaches-nothing-outside', 'shared/a.ts', 'node:fs'],
    ['shared/ from a package other than valibot', 'shared-reaches-nothing-outside', 'shared/a.ts', 'three'],
    ['a shared test from main/', 'shared-tests-reach-nothing-of-the-house', 'shared/a.test.ts', '../main/b.ts'],
    ['TensorFlow in main/', 'only-the-worker-sees-tensorflow', 'main/a.ts', '@tensorflow/tfjs-node-gpu'],
    ['TensorFlow in a test of main/', 'only-the-worker-sees-tensorflow', 'main/a.test.ts', '@tensorflow/tfjs'],
    ['TensorFlow in cli.ts', 'only-the-worker-sees-tensorflow', 'main/cli.ts', '@tensorflow/tfjs-node-gpu'],
    ['TensorFlow in the renderer', 'only-the-worker-sees-tensorflow', 'renderer/a.ts', '@tensorflow/tfjs'],
    ['the worker from main/', 'only-the-command-line-and-the-trainer-see-the-worker', 'main/a.ts', './worker/b.ts'],
    ['main/ from the worker', 'the-worker-sees-no-window', 'main/worker/a.ts', '../b.ts'],
    ['Electron in the worker', 'the-worker-sees-no-window', 'main/worker/a.ts', 'electron'],
    ['the command line in the worker', 'the-worker-sees-no-window', 'main/worker/a.ts', '../lab/b.ts'],
    ['main/ from the command line', 'the-command-line-sees-no-window', 'main/cli.ts', './a.ts'],
    ['Electron in the command line', 'the-command-line-sees-no-window', 'main/lab/a.ts', 'electron'],
    ['svelte in the scene', 'the-scene-never-sees-svelte', 'renderer/scene/a.ts', 'svelte/store'],
    ['a component in the scene', 'the-scene-never-sees-svelte', 'renderer/scene/a.ts', '../B.svelte'],
    ['state in the scene', 'the-scene-never-sees-svelte', 'renderer/scene/a.ts', '../state/b.ts'],
    ['runes in the scene', 'the-scene-never-sees-svelte', 'renderer/scene/a.ts', './b.svelte.ts'],
    ['messages in the scene', 'the-scene-never-sees-svelte', 'renderer/scene/a.ts', '../messages/b.ts'],
    ['Node in the renderer', 'the-renderer-never-sees-node-or-electron', 'renderer/a.ts', 'node:fs'],
    ['Node without its prefix', 'the-renderer-never-sees-node-or-electron', 'renderer/a.ts', 'path'],
    ['Electron in the renderer', 'the-renderer-never-sees-main', 'renderer/a.ts', 'electron'],
    ['main/ in the renderer', 'the-renderer-never-sees-main', 'renderer/a.ts', '../main/b.ts'],
    ['the renderer in main/', 'main-never-sees-the-renderer', 'main/a.ts', '../renderer/b.ts'],
    ['a test in product code', 'no-product-code-sees-tests', 'main/a.ts', './b.test.ts'],
  ])('%s', async (_what, wall, importer, module) => {
    const target = join(dirname(importer), module);
    const files = { [importer]: uses(module), ...(module.startsWith('.') && { [target]: plain }) };
    expect(await brokenWalls(files)).toContain(wall);
  });

  it('a type of main/ in the renderer', async () => {
    const files = {
      'renderer/a.ts': "import type { It } from '../main/b.ts';\nexport type Used = It;\n",
      'main/b.ts': 'export type It = 1;',
    };
    expect(await brokenWalls(files)).toEqual(['the-renderer-never-sees-main']);
  });

  it.each([
    ['main/', 'the-renderer-never-sees-main', '../main/b.ts'],
    ['Electron', 'the-renderer-never-sees-main', 'electron'],
    ['Node', 'the-renderer-never-sees-node-or-electron', 'node:fs'],
    ['TensorFlow', 'only-the-worker-sees-tensorflow', '@tensorflow/tfjs'],
  ])('%s inside a .svelte file', async (_what, wall, module) => {
    const files = { 'renderer/A.svelte': svelteUses(module), 'main/b.ts': plain };
    expect(await brokenWalls(files)).toEqual([wall]);
  });

  it('a cycle', async () => {
    const files = { 'main/a.ts': uses('./b.ts'), 'main/b.ts': `import './a.ts';\n${plain}` };
    expect(await brokenWalls(files)).toEqual(['no-cycles']);
  });
});
