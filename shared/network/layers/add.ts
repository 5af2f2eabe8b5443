import { sizeOf } from '../../tensor/shape.ts';
import { NetworkError } from '../network-error.ts';
import type { AddSpec } from '../spec.ts';
import { factsOf, type Rule } from './layer.ts';

/** Two of one shape → that shape. */
export const add: Rule<AddSpec> = ({ name }, source, other) => {
  if (!other) throw new Error(`${name}: an add layer is traced with the other layer it reads`);
  const [here, there] = [source, other].map(({ shape }) => shape.join('×'));
  if (here !== there) {
    throw new NetworkError(
      name,
      `${source.name} gives ${here} and ${other.name} gives ${there}: put a shortcut between that makes the shapes equal`,
    );
  }
  return factsOf(source, {
    flops: sizeOf(source.shape),
    fanIn: 2,
    field: {
      low: Math.min(source.field.low, other.field.low),
      high: Math.max(source.field.high, other.field.high),
      jump: source.field.jump,
    },
  });
};
