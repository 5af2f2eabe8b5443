import { m } from '../../messages/compiled/messages.js';

/** Where a preset comes from, in the window's language; a network without an entry shows its spec's own English. */
export const sources: Record<string, () => string> = { 'lenet5-textbook': m.lenet5_source };

/** What differs from that source, a sentence each, in the order of the preset's `departures`. */
export const departures: Record<string, readonly (() => string)[]> = {
  'lenet5-textbook': [
    m.lenet5_departure_input,
    m.lenet5_departure_c3,
    m.lenet5_departure_pooling,
    m.lenet5_departure_output,
    m.lenet5_departure_activation,
    m.lenet5_departure_weights,
  ],
};
