import { parseArgs } from 'node:util';
import { settingsFor } from '../../shared/defaults.ts';
import { type PresetId, presetIds, presets } from '../../shared/network/presets/index.ts';
import { trace, trainingFlops } from '../../shared/network/shapes.ts';
import { measureGraph } from './graphs.ts';

const options = {
  /** Builds and loads the native graph of each, and says how large it is and how long that takes. */
  graphs: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** Prints every preset with its counts and what it is trained with unless told otherwise. */
export function networks(args: string[]): void {
  const { values } = parseArgs({ args, options });
  const rows = [];
  for (const preset of presetIds) {
    const graph = values.graphs ? measureGraph(preset) : undefined;
    rows.push({ ...rowOf(preset), ...(graph && { graph }) });
  }
  if (values.json) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else {
    for (const { name, title, year, input, parameters, connections, graph } of rows) {
      const counts = `${parameters.toLocaleString('en')} parameters, ${connections.toLocaleString('en')} connections`;
      const built = graph
        ? `; graph of ${graph.bytes.toLocaleString('en')} bytes built in ${graph.buildMillis.toFixed(0)} ms, loaded in ${graph.loadMillis.toFixed(0)} ms`
        : '';
      process.stdout.write(`${name}  ${title}, ${year}, input ${input.join('×')}: ${counts}${built}\n`);
    }
  }
}

function rowOf(preset: PresetId) {
  const network = trace(presets[preset]({}));
  const { spec, parameters, connections, flops } = network;
  const { id: name, title, year, input } = spec;
  const settings = settingsFor({ preset, switches: {} });
  return { name, title, year, input, parameters, connections, flops, trainingFlops: trainingFlops(network), settings };
}
