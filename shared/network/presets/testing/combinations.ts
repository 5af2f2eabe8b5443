import type { SwitchOptions, SwitchSettings } from '../preset.ts';

/** Every combination of a preset's switches. */
export function combinations(options: SwitchOptions): SwitchSettings[] {
  return Object.entries(options).reduce<SwitchSettings[]>(
    (before, [name, values]) => before.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}
