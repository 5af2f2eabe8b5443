/** The kernel of the network that was looked at last: whoever opens the panel again finds it there. */
export const lookedAt: { layer: string; filter: number; channel: number | null } = {
  layer: '',
  filter: 0,
  channel: null,
};
