import { activations } from './lab/activations.ts';
import { classical } from './lab/classical.ts';
import { convolve } from './lab/convolve.ts';
import { devices } from './lab/devices.ts';
import { kernels } from './lab/kernels.ts';
import { moments } from './lab/moments.ts';
import { networks } from './lab/networks.ts';
import { serve } from './lab/serve.ts';
import { train } from './lab/train.ts';
import { UsageError } from './lab/usage.ts';

/** The lab without a window: what scripts and benches rely on. Standard output holds the answer and nothing else. */
const commands = {
  train,
  activations,
  kernels,
  moments,
  classical,
  convolve,
  networks,
  devices,
  serve,
} as const;

const help = `Usage: npm run lab -- COMMAND [options]

  train NETWORK --dataset D   train a network; a line of progress each report, the result last
        [--epochs n | --steps n | --seconds s] [--batch n] [--seed n] [--device cpu|gpu] [--set key=value …] [--gradients]
        [--run DIR]  keeps the run there: settings, weights, history, and the moments of the first test image
        [--moments n]                                                   MB that those may take; 256 unless said, 0 for none
  activations --run DIR --image F --layer NAME --out F.npy
                              writes what a layer of a run says of an image, PNG or JPEG: float32, HWC, as a NumPy file
        [--of outputs|sums|gradients]                                   what it gives, the sums before its activation, or
                                                                        the gradients of the loss for the class it guesses
  kernels --run DIR --layer NAME --out F.npy
                              writes the kernels of a run’s convolution: float32, HWIO
  moments --run DIR           what the time machine kept of a run, a line a moment
  classical --dataset D       the way before 2012 on the same images: HOG and LBP features, a support vector machine
        [--train-images n] [--seed n] [--set features=hog|lbp|hog+lbp] [--set cell=n] [--set block=n] [--set orientations=n]
        [--set votes=soft|hard] [--set lbpCell=n] [--set encoding=grid|words] [--set words=n] [--set step=n]
        [--set assignment=triangle|hard] [--set svm=linear|rbf] [--set c=n] [--set gamma=n] [--set side=n]
  convolve --image F --kernel NAME|F.json --out F.npy
                              slides a kernel over an image, PNG or JPEG; writes the map, float32, as a NumPy file
        [--set size=n|sigma=n|angle=n|wavelength=n|seed=n …]            the numbers of a kernel by name
        [--colour grey|rgb] [--stride n] [--dilation n] [--sense correlation|convolution]
        [--padding valid|same|n] [--pad-mode zero|reflect|edge|value] [--pad-value v]
        [--bias b] [--activation none|relu|logistic|tanh|abs]
        [--pool max|average|l2|stochastic|subsampling|strided:SIZE:STRIDE] [--seed n] [--coefficient c] [--pool-bias b]
  networks [--graphs]         every network, with its counts; with its graph's size and time to build and load
  devices                     what computes here
  serve                       obeys the process that forked it, by the window's own commands

  --json   one JSON object a line on standard output; the last line is the result
  --help   this text
`;

try {
  const [name = '', ...rest] = process.argv.slice(2);
  if (name === '' || name === '--help' || name === '-h' || name === 'help') {
    (name === '' ? process.stderr : process.stdout).write(help);
    process.exitCode = name === '' ? 2 : 0;
  } else if (!Object.hasOwn(commands, name)) {
    throw new UsageError(`There is no command ${name}: try ${Object.keys(commands).join(', ')}`);
  } else if (rest.includes('--help')) {
    process.stdout.write(help);
  } else {
    await commands[name as keyof typeof commands](rest);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError || isParseArgsError(error) ? 2 : 1;
}

/** `parseArgs` marks its errors by code. */
function isParseArgsError(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
