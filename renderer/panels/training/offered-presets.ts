import { presetIds, presets } from '../../../shared/network/presets/index.ts';

/** What set-up always puts in place. */
const atHand = ['mnist'];

/** The networks that the window can train: those whose dataset is at hand. */
export const offeredPresets = presetIds.filter((id) => atHand.includes(presets[id].choose({}).recipe.dataset));
