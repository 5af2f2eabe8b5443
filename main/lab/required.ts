import { UsageError } from './usage.ts';

/**
 * An option that a command cannot do without.
 * @throws UsageError naming all of `names` and the one that is missing.
 */
export function required<Name extends string>(
  command: string,
  values: Readonly<Partial<Record<Name, string | undefined>>>,
  names: readonly Name[],
): Record<Name, string> {
  const listed = new Intl.ListFormat('en').format(names.map((name) => `--${name}`));
  for (const name of names) {
    if (!values[name]) throw new UsageError(`${command} needs ${listed}: --${name} is missing`);
  }
  return values as Record<Name, string>;
}
