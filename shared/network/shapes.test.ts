import { describe, expect, it } from 'vitest';
import { presets } from './presets/index.ts';
import { trace } from './shapes.ts';

const network = (id: keyof typeof presets) => trace(presets[id].choose({}).network);
/** What `facts` says of the layers named in it. */
function factsOf(id: keyof typeof presets, fact: 'parameters' | 'connections' | 'receptiveField' | 'units') {
  return Object.fromEntries(network(id).layers.map((layer) => [layer.spec.name, layer[fact]]));
}
function shapesOf(id: keyof typeof presets) {
  return Object.fromEntries(network(id).layers.map(({ spec, output }) => [spec.name, output.join('×')]));
}

describe('the zip-code net of 1989', () => {
  it('has 9,760 parameters, 64,660 connections and, with its 256 pixels, 1,256 units', () => {
    const { parameters, connections, units } = network('lecun1989');
    expect({ parameters, connections, units: units + 16 * 16 }).toEqual({
      parameters: 9_760,
      connections: 64_660,
      units: 1_256,
    });
  });
  it('has the published counts layer by layer', () => {
    expect(factsOf('lecun1989', 'parameters')).toMatchObject({ H1: 1_068, H2: 2_592, H3: 5_790, output: 310 });
    expect(factsOf('lecun1989', 'connections')).toMatchObject({ H1: 19_968, H2: 38_592, H3: 5_790, output: 310 });
    expect(factsOf('lecun1989', 'units')).toMatchObject({ H1: 768, H2: 192, H3: 30, output: 10 });
  });
  it('halves its maps by its stride', () => {
    expect(shapesOf('lecun1989')).toMatchObject({ H1: '8×8×12', H2: '4×4×12' });
    // 5 + (5 − 1) · 2
    expect(factsOf('lecun1989', 'receptiveField')).toMatchObject({ H1: 5, H2: 13, H3: 16 });
  });
  it('keeps whole kernels where it counts connected ones', () => {
    const h2 = network('lecun1989').layers[1]!;
    expect(h2.weights).toEqual([
      { name: 'kernel', shape: [5, 5, 12, 12] },
      { name: 'bias', shape: [4, 4, 12] },
    ]);
    expect(h2.fanIn).toBe(200);
    expect(network('lecun1989').storedWeights).toBe(9_760 + 4 * 12 * 25);
  });
});

describe('LeNet-1', () => {
  it('has 2,578 parameters, 98,442 connections and, with its 784 pixels and the one that biases read, 4,635 units', () => {
    const { parameters, connections, units } = network('lenet1');
    expect({ parameters, connections, units: units + 28 * 28 + 1 }).toEqual({
      parameters: 2_578,
      connections: 98_442,
      units: 4_635,
    });
  });
  it('has the published shapes', () => {
    expect(shapesOf('lenet1')).toMatchObject({
      H1: '24×24×4',
      H2: '12×12×4',
      H3: '8×8×12',
      H4: '4×4×12',
      output: '10',
    });
  });
  it('sees 5, 6, 14 and 16 pixels', () => {
    expect(factsOf('lenet1', 'receptiveField')).toMatchObject({ H1: 5, H2: 6, H3: 14, H4: 16, output: 28 });
  });
});

describe('LeNet-5 of 1998', () => {
  it('has 60,000 parameters and 340,908 connections', () => {
    const { parameters, connections } = network('lenet5-1998');
    expect({ parameters, connections }).toEqual({ parameters: 60_000, connections: 340_908 });
  });
  it('has the published counts layer by layer', () => {
    expect(factsOf('lenet5-1998', 'parameters')).toMatchObject({
      C1: 156,
      S2: 12,
      C3: 1_516,
      S4: 32,
      C5: 48_120,
      F6: 10_164,
      output: 0,
    });
    expect(factsOf('lenet5-1998', 'connections')).toMatchObject({
      C1: 122_304,
      S2: 5_880,
      C3: 151_600,
      S4: 2_000,
      C5: 48_120,
      F6: 10_164,
      output: 840,
    });
  });
  it('has the published shapes', () => {
    expect(shapesOf('lenet5-1998')).toMatchObject({ C1: '28×28×6', S2: '14×14×6', C3: '10×10×16', S4: '5×5×16' });
  });
  it('sees its whole input of 32 pixels from C5', () => {
    // C3: 6 + (5 − 1) · 2; S4: 14 + (2 − 1) · 2; C5 reads five cells, four pixels apart: 16 + (5 − 1) · 4
    expect(factsOf('lenet5-1998', 'receptiveField')).toMatchObject({ C1: 5, S2: 6, C3: 14, S4: 16, C5: 32 });
  });
});

describe('the textbook LeNet-5', () => {
  it('has 61,706 parameters', () => {
    expect(network('lenet5-textbook').parameters).toBe(61_706);
  });
  it('has the shapes of the textbook', () => {
    expect(network('lenet5-textbook').layers.map(({ output }) => output)).toEqual([
      [28, 28, 6],
      [14, 14, 6],
      [10, 10, 16],
      [5, 5, 16],
      [400],
      [120],
      [84],
      [10],
    ]);
  });
  it('sees 16 by 16 pixels from a cell of S4', () => {
    expect(factsOf('lenet5-textbook', 'receptiveField')).toMatchObject({ S4: 16 });
  });
});

describe.each(['alexnet', 'alexnet-released'] as const)('AlexNet (%s)', (id) => {
  it('has 60,965,224 parameters and 659,272 units', () => {
    const { parameters, units } = network(id);
    expect({ parameters, units }).toEqual({ parameters: 60_965_224, units: 659_272 });
  });
  it('has the published parameters layer by layer', () => {
    expect(factsOf(id, 'parameters')).toMatchObject({
      conv1: 34_944,
      conv2: 307_456,
      conv3: 885_120,
      conv4: 663_936,
      conv5: 442_624,
      fc6: 37_752_832,
      fc7: 16_781_312,
      fc8: 4_097_000,
    });
  });
  it('has the published maps', () => {
    expect(shapesOf(id)).toMatchObject({
      conv1: '55×55×96',
      pool1: '27×27×96',
      conv2: '27×27×256',
      pool2: '13×13×256',
      conv3: '13×13×384',
      conv4: '13×13×384',
      conv5: '13×13×256',
      pool5: '6×6×256',
      fc8: '1000',
    });
  });
  it('sees 195 pixels from a cell of pool5', () => {
    // conv1 11, four apart; pool1 11 + 2·4, eight apart; conv2 19 + 4·8; pool2 51 + 2·8, sixteen apart;
    // conv3 67 + 2·16; conv4 99 + 2·16; conv5 131 + 2·16; pool5 163 + 2·16.
    expect(factsOf(id, 'receptiveField')).toMatchObject({
      conv1: 11,
      pool1: 19,
      conv2: 51,
      pool2: 67,
      conv3: 99,
      conv4: 131,
      conv5: 163,
      pool5: 195,
      fc6: 224,
    });
  });
});

describe('the other AlexNets', () => {
  it('has 62,378,344 parameters in one tower', () => {
    expect(network('alexnet-one-tower').parameters).toBe(62_378_344);
  });
  it('has 61,100,840 parameters in torchvision', () => {
    expect(network('alexnet-torchvision').parameters).toBe(61_100_840);
    expect(shapesOf('alexnet-torchvision')).toMatchObject({ conv1: '55×55×64', pool1: '27×27×64', pool5: '6×6×256' });
  });
  it('has 89,578 parameters for 32 pixels, whose maps halve to 4', () => {
    expect(network('alexnet-cifar').parameters).toBe(89_578);
    expect(shapesOf('alexnet-cifar')).toMatchObject({ pool1: '16×16×32', pool2: '8×8×32', pool3: '4×4×64' });
  });
  it('keeps every shape when pooling windows do not overlap', () => {
    const shapes = (overlap: 'on' | 'off') =>
      trace(presets.alexnet({ overlap })).layers.map(({ output }) => output.join('×'));
    expect(shapes('off')).toEqual(shapes('on'));
  });
});

describe('plain and residual nets', () => {
  it.each([
    [20, 269_722],
    [32, 464_154],
    [56, 853_018],
    [110, 1_727_962],
  ] as const)('of %i layers have %i parameters, with shortcuts and without', (depth, parameters) => {
    expect(network(`plain-${depth}`).parameters).toBe(parameters);
    expect(network(`residual-${depth}`).parameters).toBe(parameters);
  });
  it.each([20, 32, 56, 110] as const)('of %i layers have as many with weights', (depth) => {
    for (const family of ['plain', 'residual'] as const) {
      const { layers } = network(`${family}-${depth}`);
      expect(layers.filter(({ spec }) => spec.kind === 'conv' || spec.kind === 'dense')).toHaveLength(depth);
    }
  });
  it('close their blocks over the block before, or over a shortcut where the shape changes', () => {
    const { layers } = network('residual-20');
    const names = (name: string) =>
      layers.find(({ spec }) => spec.name === name)!.inputs.map((index) => layers[index]!.spec.name);
    expect(names('s1b1')).toEqual(['s1b1-norm2', 'norm1']);
    expect(names('s1b2')).toEqual(['s1b2-norm2', 's1b1']);
    expect(names('s2b1')).toEqual(['s2b1-norm2', 's2b1-shortcut']);
    expect(names('s2b1-shortcut')).toEqual(['s1b3']);
    expect(layers[1]!.readers.map((index) => layers[index]!.spec.name)).toEqual(['s1b1-conv1', 's1b1']);
  });
  it('see two pixels more with each convolution, four where they lie two apart', () => {
    const fields = factsOf('residual-20', 'receptiveField');
    expect(fields).toMatchObject({ conv1: 3, s1b1: 7, s1b3: 15, 's2b1-conv1': 17, s2b1: 21, s2b2: 29, s2b3: 32 });
  });
  it('keep two running moments a map', () => {
    expect(network('residual-20').layers[1]!.state).toEqual([
      { name: 'mean', shape: [16] },
      { name: 'variance', shape: [16] },
    ]);
  });
});
