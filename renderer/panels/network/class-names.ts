import cifar10 from '../../../shared/dataset/cifar10.json' with { type: 'json' };
import type { KnownDataset } from '../../../shared/dataset/known.ts';
import { m } from '../../messages/compiled/messages.js';

/** CIFAR-10's, by their English names. */
const photographs: Readonly<Record<string, () => string>> = {
  airplane: m.class_airplane,
  automobile: m.class_automobile,
  bird: m.class_bird,
  cat: m.class_cat,
  deer: m.class_deer,
  dog: m.class_dog,
  frog: m.class_frog,
  horse: m.class_horse,
  ship: m.class_ship,
  truck: m.class_truck,
};

/** What class `index` of a dataset is called: a digit, or a word in the window's language. */
export function className(dataset: KnownDataset, index: number): string {
  const name = dataset === 'cifar10' ? cifar10.classes[index] : undefined;
  return name === undefined ? String(index) : (photographs[name]?.() ?? name);
}

/** Whether a dataset's classes are words rather than digits. */
export function hasWords(dataset: KnownDataset): boolean {
  return className(dataset, 0) !== '0';
}
