import type { DatasetId } from '../../../../shared/contract.ts';
import { m } from '../../../messages/compiled/messages.js';

/** What people call a dataset. */
export function datasetName(dataset: DatasetId): string {
  switch (dataset) {
    case 'mnist':
      return 'MNIST';
    case 'mnist-16':
      return 'MNIST 16×16';
    case 'cifar10':
      return 'CIFAR-10';
    case 'folder':
      return m.bench_image_dataset_folder();
    default:
      return dataset satisfies never;
  }
}
