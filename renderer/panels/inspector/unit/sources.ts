import { extentOf, type Unit, unitAt } from '../../../../shared/network-arithmetic/unit.ts';
import type { NetworkTrace, TracedLayer } from '../../../../shared/network/shapes.ts';
import { m } from '../../../messages/compiled/messages.js';
import { describeLayer } from '../../network/layer-names.ts';

/** A number of a layer, or of the image. */
export type Source = { readonly layer: string; readonly unit: Unit };

/** Where the number `index` of what a layer reads really comes from: what is only handed on (flatten, dropout) is looked through. */
export function sourceOf(trace: NetworkTrace, layer: TracedLayer, index: number): Source {
  let source = trace.layers[layer.inputs[0]!];
  while (source && (source.spec.kind === 'flatten' || source.spec.kind === 'dropout')) {
    source = trace.layers[source.inputs[0]!];
  }
  // Flattening leaves the order of the numbers as it is.
  return source
    ? { layer: source.spec.name, unit: unitAt(source.output, index) }
    : { layer: 'input', unit: unitAt(trace.spec.input, index) };
}

/** A place in words: `S4 · map 3, row 1, column 2`, `F6 · unit 5`. */
export function placeWords(trace: NetworkTrace, { layer, unit }: Source): string {
  const { name } = describeLayer(trace, layer, layer === 'input');
  const shape = layer === 'input' ? trace.spec.input : trace.layers.find(({ spec }) => spec.name === layer)?.output;
  if (shape?.length === 1) return m.inspector_unit_of({ layer: name, unit: unit.column });
  const { maps } = extentOf(shape ?? []);
  const { row, column } = unit;
  return maps === 1
    ? m.inspector_cell_of({ layer: name, row, column })
    : m.inspector_cell_of_map({ layer: name, map: unit.map + 1, row, column });
}
