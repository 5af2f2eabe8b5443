export { type Dataset, DatasetError } from './dataset.ts';
export { openDataset } from './open.ts';
