import { parseArgs } from 'node:util';
import type { RunSettings } from '../../shared/contract.ts';
import { defaultSettings } from '../../shared/defaults.ts';
import { presetIds, presets } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';

/** Prints every preset with its counts and what it is trained with unless told otherwise. */
export function networks(args: string[]): void {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  const rows = presetIds.map((preset) => {
    const { spec, parameters, connections, flops } = trace(presets[preset]({}));
    const settings: RunSettings = { ...defaultSettings, network: { ...defaultSettings.network, preset } };
    const { title, year, input } = spec;
    return { name: spec.id, title, year, input, parameters, connections, flops, settings };
  });
  if (values.json) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else {
    for (const row of rows) {
      const counts = `${row.parameters.toLocaleString('en')} parameters, ${row.connections.toLocaleString('en')} connections`;
      process.stdout.write(`${row.name}  ${row.title}, ${row.year}, input ${row.input.join('×')}: ${counts}\n`);
    }
  }
}
