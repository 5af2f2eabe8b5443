import { expect, test } from '@playwright/test';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchLab } from './launch.ts';
import { pausedStep, transport } from './run.ts';

/** Files in all folders of the moments' folder. */
function kept(moments: string): string[] {
  if (!existsSync(moments)) return [];
  return readdirSync(moments, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.safetensors'));
}

test('moments are on the disk while the app runs, and neither they nor what a crash left stays', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'convolens-moments-'));
  const moments = join(profile, 'moments');
  mkdirSync(join(moments, 'crashed'), { recursive: true });
  writeFileSync(join(moments, 'crashed', '00000000.safetensors'), 'frame');
  const { page, close } = await launchLab({ profile });
  await expect.poll(() => existsSync(join(moments, 'crashed'))).toBe(false);
  await transport(page, 'Step').click();
  expect(await pausedStep(page)).toBe(1);
  await expect.poll(() => kept(moments).length).toBe(2);
  // Fresh weights: what was kept of others goes.
  await transport(page, 'Stop').click();
  await expect.poll(() => kept(moments)).toEqual([]);
  await transport(page, 'Step').click();
  await expect.poll(() => kept(moments).length).toBe(2);
  await close();
  await expect.poll(() => kept(moments)).toEqual([]);
  rmSync(profile, { recursive: true, force: true });
});
