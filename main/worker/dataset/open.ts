import { imagesFor, mismatch } from '../../../shared/dataset/adaptation.ts';
import type { KnownDataset } from '../../../shared/dataset/known.ts';
import type { Shape } from '../../../shared/tensor/shape.ts';
import { readCifar10 } from './cifar10.ts';
import { coloursOf, type Dataset, DatasetError, type DatasetFiles } from './dataset.ts';
import { readFolder } from './folder.ts';
import { paddedTo, readMnist, sixteen } from './mnist.ts';

/**
 * Opens a dataset as a network reads it: bytes 0–255 in NHWC, of the shape that `imagesFor` says; larger than the network's input
 * only for photographs, from which the input is cut.
 *
 * @param input of the network, HWC.
 * @param folder holds the dataset's own files: `datasetFolders` says which folder of the datasets' folder that is; for `folder`, the
 *   folder with a folder a class.
 * @throws DatasetError naming the file at fault, or both shapes where the dataset has no images for the network.
 */
export async function openDataset(id: KnownDataset, folder: string, input: Shape): Promise<Dataset> {
  const shape = imagesFor(id, input);
  if (shape === null) throw new DatasetError('network-invalid', id, mismatch(id, input));
  const files = await read(id, folder, shape);
  return { ...files, colours: () => coloursOf(files.train) };
}

async function read(id: KnownDataset, folder: string, shape: Shape): Promise<DatasetFiles> {
  switch (id) {
    case 'mnist': {
      const mnist = await readMnist(folder);
      return shape[0] === mnist.train.shape[0] ? mnist : paddedTo(mnist, shape);
    }
    case 'mnist-16':
      return sixteen(await readMnist(folder));
    case 'cifar10':
      return readCifar10(folder);
    case 'folder':
      return readFolder(folder, shape);
    default:
      return id satisfies never;
  }
}
