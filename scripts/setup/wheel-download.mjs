import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cachedDownload } from './cached-download.mjs';
import { runCommand, succeeding } from './command.mjs';
import { Complaint } from './complaint.mjs';
import { bytesUnder } from './size.mjs';

/**
 * A wheel, from the cache or fetched with `pip download`.
 *
 * @param {import('./wheels.mjs').Wheel} wheel
 * @param {import('./part.mjs').Context} context
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<string>}
 */
export function wheelDownload({ project, version, platform, sha256, bytes }, { cache }, progress) {
  const spec = `${project}==${version}`;
  return cachedDownload({
    what: spec,
    file: join(cache, 'downloads', `${project}-${version}-${platform}.whl`),
    hash: { algorithm: 'sha256', value: sha256 },
    async fetch(folder) {
      // pip downloads into a temporary folder first: with one of our own, its growth is the progress.
      const pipTemp = join(dirname(folder), 'pip');
      mkdirSync(pipTemp);
      const args = [
        '-m',
        'pip',
        'download',
        '--no-deps',
        '--only-binary=:all:',
        '--no-cache-dir',
        '--progress-bar',
        'off',
      ];
      args.push('--implementation', 'cp', '--python-version', '3.11', '--platform', platform, '--dest', folder, spec);
      const env = { TMPDIR: pipTemp, PIP_DISABLE_PIP_VERSION_CHECK: '1' };
      const download = () =>
        succeeding(
          runCommand('python3', args, { env }),
          (cause) =>
            new Complaint(
              `pip could not fetch ${spec} (${cause}).`,
              'See with `python3 -m pip download --no-deps six` whether the package index can be reached, then run `npm run setup` again.',
            ),
        );
      await progress.during(`downloading ${spec}`, download, {
        received: () => Math.max(bytesUnder(pipTemp), bytesUnder(folder)),
        total: bytes,
        unit: 'bytes',
      });
    },
  });
}
