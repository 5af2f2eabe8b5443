import type { Optimiser } from '../../../shared/training/optimiser.ts';
import type { Arithmetic } from './arithmetic.ts';
import { float32, int32, type Node, type Output } from './graph.ts';

/** What an update goes by: scalars (float32; `step` int32), fed anew with every call, so that they can change between steps. */
export type Rates = {
  readonly learningRate: Output;
  /** μ of momentum, nesterov and rmsprop; β₁ of adam; sgd does not read it. */
  readonly momentum: Output;
  readonly weightDecay: Output;
  /** Steps done before this one. */
  readonly step: Output;
};

/** Share of the old mean square that RMSProp keeps (Hinton, 2012). */
const meanSquareKept = 0.9;
/** β₂ and ε of Kingma and Ba (2015). */
const beta2 = 0.999;
const epsilon = 1e-8;

/** A variable, what the optimiser remembers of it (`slotsOf` variables of its shape), and its gradient. */
export type Update = { readonly variable: Output; readonly slots: readonly Output[]; readonly gradient: Output };

/** Moves the variable along its gradient, as `shared/training/optimiser.ts` says; weight decay is not its business. */
export function applyGradient(
  math: Arithmetic,
  optimiser: Optimiser,
  { variable, slots, gradient }: Update,
  { learningRate, momentum, step }: Rates,
  after: readonly Node[],
): Node {
  const { graph } = math;
  const attributes = { T: { type: float32 }, use_locking: true };
  const [first, second] = slots;
  switch (optimiser) {
    case 'sgd':
      return graph.op('ResourceApplyGradientDescent', [variable, learningRate, gradient], attributes, { after });
    case 'momentum':
    case 'nesterov':
      return graph.op(
        'ResourceApplyMomentum',
        [variable, first!, learningRate, gradient, momentum],
        { ...attributes, use_nesterov: optimiser === 'nesterov' },
        { after },
      );
    case 'rmsprop':
      return graph.op(
        'ResourceApplyRMSProp',
        [
          variable,
          first!,
          second!,
          learningRate,
          graph.number(meanSquareKept),
          momentum,
          graph.number(epsilon),
          gradient,
        ],
        attributes,
        { after },
      );
    case 'adam': {
      const one = graph.op('AddV2', [step, graph.integer(1)], { T: { type: int32 } }, { types: [int32] });
      const steps = graph.op('Cast', [one], { SrcT: { type: int32 }, DstT: { type: float32 }, Truncate: false });
      const decay = graph.number(beta2);
      return graph.op(
        'ResourceApplyAdam',
        [
          variable,
          first!,
          second!,
          power(math, momentum, steps),
          power(math, decay, steps),
          learningRate,
          momentum,
          decay,
          graph.number(epsilon),
          gradient,
        ],
        { ...attributes, use_nesterov: false },
        { after },
      );
    }
    default:
      return optimiser satisfies never;
  }
}

/** What `applyGradient` would take from the variable, whose slots hold `slots`; it changes nothing. */
export function changeBy(
  math: Arithmetic,
  optimiser: Optimiser,
  { slots: [first, second], gradient }: { readonly slots: readonly Output[]; readonly gradient: Output },
  { learningRate, momentum, step }: Rates,
): Output {
  const { graph } = math;
  /** share · old + (1 − share) · fresh */
  const mixed = (old: Output, share: Output, fresh: Output): Output =>
    math.add(math.multiply(old, share), math.multiply(fresh, math.subtract(graph.number(1), share)));
  switch (optimiser) {
    case 'sgd':
      return math.multiply(gradient, learningRate);
    case 'momentum':
    case 'nesterov': {
      const velocity = math.add(math.multiply(first!, momentum), gradient);
      if (optimiser === 'momentum') return math.multiply(velocity, learningRate);
      return math.multiply(math.add(gradient, math.multiply(velocity, momentum)), learningRate);
    }
    case 'rmsprop': {
      const meanSquare = mixed(first!, graph.number(meanSquareKept), math.unary('Square', gradient));
      const root = math.unary('Rsqrt', math.add(meanSquare, graph.number(epsilon)));
      const scaled = math.multiply(math.multiply(gradient, learningRate), root);
      return math.add(math.multiply(second!, momentum), scaled);
    }
    case 'adam': {
      const decay = graph.number(beta2);
      const mean = mixed(first!, momentum, gradient);
      const meanSquare = mixed(second!, decay, math.unary('Square', gradient));
      const steps = math.cast(math.add(step, graph.integer(1)), float32);
      const left = (base: Output): Output => math.subtract(graph.number(1), power(math, base, steps));
      const rate = math.multiply(learningRate, math.divide(math.unary('Sqrt', left(decay)), left(momentum)));
      const root = math.add(math.unary('Sqrt', meanSquare), graph.number(epsilon));
      return math.divide(math.multiply(mean, rate), root);
    }
    default:
      return optimiser satisfies never;
  }
}

function power({ graph }: Arithmetic, base: Output, exponent: Output): Output {
  return graph.op('Pow', [base, exponent], { T: { type: float32 } });
}
