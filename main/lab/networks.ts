import { parseArgs } from 'node:util';
import { presets } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';

/** Prints every preset with its counts. */
export function networks(args: string[]): void {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  const rows = Object.values(presets).map((preset) => {
    const { spec, parameters, connections, flops } = trace(preset({}));
    return { name: spec.id, title: spec.title, year: spec.year, input: spec.input, parameters, connections, flops };
  });
  if (values.json) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else {
    for (const row of rows) {
      const counts = `${row.parameters.toLocaleString('en')} parameters, ${row.connections.toLocaleString('en')} connections`;
      process.stdout.write(`${row.name}  ${row.title}, ${row.year}, input ${row.input.join('×')}: ${counts}\n`);
    }
  }
}
