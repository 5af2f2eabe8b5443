import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cachedDownload } from './cached-download.mjs';
import { runNpm, succeeding } from './command.mjs';
import { Complaint } from './complaint.mjs';
import { root } from './root.mjs';
import { bytesUnder } from './size.mjs';

/** Without a network npm's own patience is over a minute. */
const retries = ['--fetch-retries', '1', '--fetch-retry-mintimeout', '2000'];

/**
 * The tarball of an npm package, from the cache or fetched with `npm pack`.
 *
 * @param {{ spec: string, sha512: string, bytes: number }} wanted `spec` is `name@version`, `bytes` the tarball's size
 * @param {import('./part.mjs').Context} context
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<string>}
 */
export function npmPackage({ spec, sha512, bytes }, { cache }, progress) {
  return cachedDownload({
    what: spec,
    file: join(cache, 'downloads', `${spec.replace(/^@/, '').replace(/[/@]/g, '-')}.tgz`),
    hash: { algorithm: 'sha512', value: sha512 },
    async fetch(folder) {
      // npm keeps what it fetches in its own cache first: with one of our own, its growth is the progress, and nothing is left twice.
      const npmCache = join(dirname(folder), 'npm');
      mkdirSync(npmCache);
      const pack = () =>
        succeeding(
          runNpm(['pack', spec, '--pack-destination', folder, '--cache', npmCache, '--loglevel', 'error', ...retries], {
            cwd: root,
          }),
          (cause) =>
            new Complaint(
              `npm could not fetch ${spec} (${cause}).`,
              'See with `npm ping` whether the package registry can be reached, then run `npm run setup` again.',
            ),
        );
      await progress.during(`downloading ${spec}`, pack, {
        received: () => Math.max(bytesUnder(npmCache), bytesUnder(folder)),
        total: bytes,
        unit: 'bytes',
      });
    },
  });
}
