import { create, toBinary } from '@bufbuild/protobuf';
import type { Shape } from '../../../shared/tensor/shape.ts';
import {
  type AttrValue,
  AttrValueSchema,
  DataType,
  GraphDefSchema,
  type NodeDef,
  NodeDefSchema,
  SavedModelSchema,
  type TensorShape,
  TensorShapeSchema,
} from './proto/api_pb.js';

export const float32 = DataType.DT_FLOAT;
export const int32 = DataType.DT_INT32;
export const uint8 = DataType.DT_UINT8;
export const bool = DataType.DT_BOOL;
/** DT_UINT64 and DT_RESOURCE: tfjs-node's api.proto stops before them. */
export const uint64 = 23 as unknown as DataType;
const resource = 20 as unknown as DataType;
export type Type = DataType;

/** A node, as something that must have run. */
export type Node = { readonly node: string };

/** One output of one node: what ops read. */
export type Output = Node & { readonly index: number; readonly type: Type };

/** An op's attribute, tagged where JavaScript's type leaves it open. */
export type Attribute =
  | boolean
  | string
  | { readonly type: Type }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly shape: Shape }
  | { readonly tensor: { readonly type: Type; readonly shape: Shape; readonly bytes: Uint8Array } };

type OpOptions = {
  /** Types of the outputs; float32 for the one output if left out. */
  readonly types?: readonly Type[];
  /** Nodes that must have run before. */
  readonly after?: readonly Node[];
  readonly name?: string;
};

type Endpoint = { readonly tensor: Output; readonly shape: Shape };

/** One way to call a graph: what it takes and what it gives, by name. */
type Signature = {
  readonly inputs: Readonly<Record<string, Endpoint>>;
  readonly outputs: Readonly<Record<string, Endpoint>>;
};

/** A graph as TensorFlow loads it, and how it is called. */
export type WrittenGraph = {
  /** The SavedModel's bytes: nodes only, since TensorFlow itself reads no signature. */
  readonly savedModel: Uint8Array;
  readonly signatures: ReadonlyMap<string, Signature>;
};

/** What a body of a loop gets and gives back: one tensor a variable, and the nodes an iteration must have run. */
type LoopBody = (variables: readonly Output[]) => { next: readonly Output[]; after: readonly Node[] };

/** What TensorFlow is asked for when it loads a SavedModel of ours: each has one graph. */
export const servingTag = 'serve';

/** TensorFlow 2.18's GraphDef version: a newer library still reads it. */
const producer = 1882;

/**
 * A TensorFlow graph under construction, node by node, and the SavedModel made of it.
 *
 * Ops are named as TensorFlow names them; the signatures share one session, and so its variables.
 */
export class Graph {
  readonly #nodes: NodeDef[] = [];
  readonly #signatures = new Map<string, Signature>();
  /** The frame of the loop whose body is being written. */
  #loop: { name: string; pivot: Output; captured: Map<string, Output> } | null = null;
  readonly #insideLoop = new Set<string>();
  readonly #constants = new Map<string, Output>();

  get nodeCount(): number {
    return this.#nodes.length;
  }

  /** Adds a node and gives its first output. */
  op(op: string, inputs: readonly Output[], attributes: Record<string, Attribute>, options: OpOptions = {}): Output {
    return this.ops(op, inputs, attributes, options)[0]!;
  }

  /** Adds a node and gives all its outputs. */
  ops(
    op: string,
    inputs: readonly Output[],
    attributes: Record<string, Attribute>,
    options: OpOptions = {},
  ): readonly Output[] {
    const { types = [float32], after = [] } = options;
    const read = inputs.map((input) => this.#captured(input));
    const controls = after.map((output) => output.node);
    // A node without inputs would run outside the loop's frame, once.
    if (this.#loop && read.length === 0) controls.push(this.#loop.pivot.node);
    return this.#add(op, read, attributes, types, controls, options.name);
  }

  /** Adds a node that only acts, on a variable say. */
  effect(op: string, inputs: readonly Output[], attributes: Record<string, Attribute>): Node {
    return this.op(op, inputs, attributes);
  }

  constant(type: Type, shape: Shape, values: readonly number[]): Output {
    const typed = type === float32 ? Float32Array.from(values) : type === int32 ? Int32Array.from(values) : null;
    const bytes = typed ? new Uint8Array(typed.buffer) : Uint8Array.from(values);
    // Written outside any loop, whose body reads it through its frame: a constant is not computed again each iteration.
    const attributes = { dtype: { type }, value: { tensor: { type, shape, bytes } } };
    return this.#outside(() => this.op('Const', [], attributes, { types: [type] }));
  }

  /** A float32 scalar, one node a value. */
  number(value: number): Output {
    return this.#shared(`f${value}`, () => this.constant(float32, [], [value]));
  }

  /** An int32 scalar, one node a value. */
  integer(value: number): Output {
    return this.#shared(`i${value}`, () => this.constant(int32, [], [value]));
  }

  /** An int32 vector (a shape, axes), one node a value. */
  integers(values: readonly number[]): Output {
    return this.#shared(`v${values.join()}`, () => this.constant(int32, [values.length], values));
  }

  placeholder(name: string, type: Type, shape: Shape): Output {
    return this.op('Placeholder', [], { dtype: { type }, shape: { shape } }, { types: [type], name });
  }

  /** A variable of the session: what `AssignVariableOp` and `ReadVariableOp` take. */
  variable(name: string, type: Type, shape: Shape): Output {
    return this.op(
      'VarHandleOp',
      [],
      { dtype: { type }, shape: { shape }, shared_name: name, container: '' },
      { types: [resource], name },
    );
  }

  /**
   * Makes `inputs` and `outputs` callable under `name`. A shape may hold −1 for a free axis.
   */
  signature(name: string, inputs: Record<string, Endpoint>, outputs: Record<string, Endpoint>): void {
    this.#signatures.set(name, { inputs, outputs });
  }

  /** An int32 1 that exists once `after` have run: the answer of a signature that only acts. */
  done(after: readonly Node[]): Endpoint {
    const one = this.constant(int32, [], [1]);
    return { tensor: this.op('Identity', [one], { T: { type: int32 } }, { types: [int32], after }), shape: [] };
  }

  /**
   * Runs `body` `count` times, one iteration at a time (TensorFlow's `while` with a frame of its own).
   * The first variable is the iteration's number (int32, from 0); then `initial`. Gives the variables' last values.
   */
  repeat(count: Output, initial: readonly Output[], body: LoopBody): readonly Output[] {
    if (this.#loop) throw new Error('A loop within a loop is not supported');
    const name = `loop_${this.#nodes.length}`;
    const start = [this.integer(0), ...initial];
    const entered = start.map((value) => this.#enter(value, name, false));
    const merges = entered.map((enter, variable) => this.#merge(enter, `${name}/next_${variable}`));
    const captured = new Map<string, Output>();
    this.#loop = { name, pivot: merges[0]!, captured };
    const condition = this.op('Less', [merges[0]!, count], { T: { type: int32 } }, { types: [bool] });
    const go = this.op('LoopCond', [condition], {}, { types: [bool] });
    const switches = merges.map((merge) =>
      this.ops('Switch', [merge, go], { T: { type: merge.type } }, { types: [merge.type, merge.type] }),
    );
    const inside = switches.map((branches) => {
      const value = branches[1]!;
      return this.op('Identity', [value], { T: { type: value.type } }, { types: [value.type] });
    });
    this.#loop = { name, pivot: inside[0]!, captured };

    const { next, after } = body(inside);
    const increment = this.op(
      'AddV2',
      [inside[0]!, this.integer(1)],
      { T: { type: int32 } },
      { types: [int32], after },
    );
    [increment, ...next].forEach((value, variable) => {
      this.op(
        'NextIteration',
        [value],
        { T: { type: value.type } },
        { types: [value.type], name: `${name}/next_${variable}` },
      );
    });
    const last = switches.map((branches) => {
      const exit = this.op('Exit', [branches[0]!], { T: { type: branches[0]!.type } }, { types: [branches[0]!.type] });
      this.#insideLoop.delete(exit.node);
      return exit;
    });
    this.#loop = null;
    return last.slice(1);
  }

  /** All a session needs, since an initialise signature fills the variables. */
  written(): WrittenGraph {
    const graphDef = create(GraphDefSchema, { node: this.#nodes, versions: { producer } });
    const savedModel = toBinary(
      SavedModelSchema,
      create(SavedModelSchema, {
        savedModelSchemaVersion: 1n,
        metaGraphs: [{ metaInfoDef: { tags: [servingTag], tensorflowVersion: '2.18.1' }, graphDef }],
      }),
    );
    return { savedModel, signatures: this.#signatures };
  }

  #outside(add: () => Output): Output {
    const loop = this.#loop;
    this.#loop = null;
    const output = add();
    this.#loop = loop;
    return output;
  }

  #shared(key: string, make: () => Output): Output {
    const found = this.#constants.get(key);
    if (found) return found;
    const made = make();
    this.#constants.set(key, made);
    return made;
  }

  /** A tensor from outside the loop must enter its frame. */
  #captured(input: Output): Output {
    const loop = this.#loop;
    if (!loop || this.#insideLoop.has(input.node)) return input;
    const key = `${input.node}:${input.index}`;
    const known = loop.captured.get(key);
    if (known) return known;
    const entered = this.#enter(input, loop.name, true);
    loop.captured.set(key, entered);
    return entered;
  }

  #enter(value: Output, frame: string, isConstant: boolean): Output {
    const attributes = {
      T: { type: value.type },
      frame_name: frame,
      is_constant: isConstant,
      parallel_iterations: { int: 1 },
    };
    const entered = this.#add('Enter', [value], attributes, [value.type], [])[0]!;
    this.#insideLoop.add(entered.node);
    return entered;
  }

  #merge(entered: Output, next: string): Output {
    const back: Output = { node: next, index: 0, type: entered.type };
    const attributes = { T: { type: entered.type }, N: { int: 2 } };
    const merge = this.#add('Merge', [entered, back], attributes, [entered.type, int32], [])[0]!;
    this.#insideLoop.add(merge.node);
    return merge;
  }

  #add(
    op: string,
    inputs: readonly Output[],
    attributes: Record<string, Attribute>,
    types: readonly Type[],
    controls: readonly string[],
    name = `${op}_${this.#nodes.length}`,
  ): readonly Output[] {
    this.#nodes.push(
      create(NodeDefSchema, {
        name,
        op,
        input: [
          ...inputs.map(({ node, index }) => (index === 0 ? node : `${node}:${index}`)),
          ...[...new Set(controls)].map((node) => `^${node}`),
        ],
        attr: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, attrValue(value)])),
      }),
    );
    if (this.#loop) this.#insideLoop.add(name);
    return types.map((type, index) => ({ node: name, index, type }));
  }
}

function shapeProto(shape: Shape): TensorShape {
  return create(TensorShapeSchema, { dim: shape.map((size) => ({ size: BigInt(size) })) });
}

function attrValue(value: Attribute): AttrValue {
  return create(AttrValueSchema, { value: attrCase(value) });
}

function attrCase(value: Attribute): AttrValue['value'] {
  if (typeof value === 'boolean') return { case: 'b', value };
  if (typeof value === 'string') return { case: 's', value: new TextEncoder().encode(value) };
  if ('type' in value) return { case: 'type', value: value.type };
  if ('int' in value) return { case: 'i', value: BigInt(value.int) };
  if ('float' in value) return { case: 'f', value: value.float };
  if ('shape' in value) return { case: 'shape', value: shapeProto(value.shape) };
  if ('ints' in value) {
    const list = create(AttrValueSchema, { value: { case: 'list', value: { i: value.ints.map(BigInt) } } });
    return list.value;
  }
  const { type, shape, bytes } = value.tensor;
  const tensor = create(AttrValueSchema, {
    value: { case: 'tensor', value: { dtype: type, tensorShape: shapeProto(shape), tensorContent: bytes } },
  });
  return tensor.value;
}
