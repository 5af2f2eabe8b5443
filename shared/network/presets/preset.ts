import type { Recipe } from '../../training/recipe.ts';
import { NetworkError } from '../network-error.ts';
import type { NetworkSpec } from '../spec.ts';

/** What a network leaves open: for each switch what it can be set to, the published setting first. */
export type SwitchOptions = Readonly<Record<string, readonly [string, ...string[]]>>;

/** A setting for each switch. */
export type Switches<Options extends SwitchOptions> = { readonly [Name in keyof Options]: Options[Name][number] };

/** Settings as they come from outside (a script, a saved run), by switch. */
export type SwitchSettings = Readonly<Record<string, string>>;

/** What settings from outside make of a preset. */
export type Chosen = {
  /** Completed with the published ones. */
  readonly switches: SwitchSettings;
  readonly network: NetworkSpec;
  readonly recipe: Recipe;
};

/** A published network: called, it gives the spec with these switches, those left out as published. */
export type Preset<Options extends SwitchOptions> = {
  (switches?: Partial<Switches<Options>>): NetworkSpec;
  readonly id: string;
  readonly switches: Options;
  /** How its source trains it; some switches change that too. */
  recipe(switches?: Partial<Switches<Options>>): Recipe;
  /**
   * The network of settings that come from outside.
   * @throws NetworkError naming the preset, the switch and what it can be.
   */
  choose(settings: SwitchSettings): Chosen;
};

/** What a preset's file says. */
export type Declaration<Options extends SwitchOptions> = {
  readonly id: string;
  readonly switches: Options;
  readonly network: (switches: Switches<Options>) => Omit<NetworkSpec, 'id'>;
  readonly recipe: (switches: Switches<Options>) => Recipe;
};

/** Makes a preset of its declaration. */
export function preset<const Options extends SwitchOptions>(declaration: Declaration<Options>): Preset<Options> {
  const { id, switches: options } = declaration;
  const published = Object.fromEntries(Object.entries(options).map(([name, [first]]) => [name, first]));
  const isComplete = (settings: SwitchSettings): settings is Switches<Options> =>
    Object.entries(options).every(([name, allowed]) => allowed.includes(settings[name] ?? ''));
  const complete = (settings: SwitchSettings): Switches<Options> => {
    for (const [name, value] of Object.entries(settings)) requireSetting(id, options, name, value);
    const completed: SwitchSettings = { ...published, ...settings };
    if (!isComplete(completed)) throw new NetworkError(id, 'A switch has no setting: leave it out or give it one');
    return completed;
  };
  const networkOf = (switches: Switches<Options>): NetworkSpec => ({ id, ...declaration.network(switches) });
  return Object.assign((switches: Partial<Switches<Options>> = {}) => networkOf(complete(given(switches))), {
    id,
    switches: options,
    recipe: (switches: Partial<Switches<Options>> = {}) => declaration.recipe(complete(given(switches))),
    choose(settings: SwitchSettings): Chosen {
      const switches = complete(settings);
      return { switches, network: networkOf(switches), recipe: declaration.recipe(switches) };
    },
  });
}

/** Without the switches that are there but undefined. */
function given(switches: Readonly<Record<string, string | undefined>>): SwitchSettings {
  return Object.fromEntries(
    Object.entries(switches).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function requireSetting(id: string, options: SwitchOptions, name: string, value: string): void {
  const known = Object.keys(options);
  const allowed = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!allowed) {
    const advice = known.length > 0 ? `its switches are ${known.join(', ')}` : 'it has no switches';
    throw new NetworkError(id, `It has no switch ${name}: ${advice}`);
  }
  if (!allowed.includes(value)) {
    throw new NetworkError(id, `${name} cannot be ${value}: it can be ${allowed.join(', ')}`);
  }
}
