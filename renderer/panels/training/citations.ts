import { m } from '../../messages/compiled/messages.js';

/** Where a preset comes from, in the window's language; a network without an entry shows its spec's own English. */
export const sources: Record<string, () => string> = {
  lenet1: m.lenet1_source,
  'lenet5-1998': m.lenet5_1998_source,
  'lenet5-textbook': m.lenet5_source,
};

/** What differs from that source, a sentence each, in the order of the preset's `departures`. */
export const departures: Record<string, readonly (() => string)[]> = {
  lenet1: [m.lenet1_departure_activation, m.departure_root],
  'lenet5-1998': [m.lenet5_1998_departure_codes, m.departure_root, m.lenet5_1998_departure_c5],
  'lenet5-textbook': [
    m.lenet5_departure_input,
    m.lenet5_departure_c3,
    m.lenet5_departure_pooling,
    m.lenet5_departure_output,
    m.lenet5_departure_activation,
    m.lenet5_departure_weights,
  ],
};
