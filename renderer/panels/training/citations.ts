import { m } from '../../messages/compiled/messages.js';

type Message = (inputs?: object, options?: { locale?: 'en' | 'he' }) => string;

/** What the presets say in English, a message each: titles that are more than a name, sources, and departures from them. */
const messages: readonly Message[] = [
  m.title_lecun1989,
  m.title_lenet5_textbook,
  m.title_alexnet,
  m.title_alexnet_released,
  m.title_alexnet_one_tower,
  m.title_alexnet_cifar,
  m.source_lecun1989,
  m.source_lenet1,
  m.source_lenet5_1998,
  m.source_lenet5_textbook,
  m.source_alexnet,
  m.source_alexnet_released,
  m.source_alexnet_one_tower,
  m.source_alexnet_torchvision,
  m.source_alexnet_cifar,
  m.source_residual,
  m.departure_h2,
  m.departure_root,
  m.departure_root_1989,
  m.departure_output_biases,
  m.departure_softmax_1989,
  m.departure_relu_1989,
  m.departure_manner_1989,
  m.departure_codes,
  m.departure_c5,
  m.departure_same_padding,
  m.departure_c3,
  m.departure_pooling,
  m.departure_output,
  m.departure_logistic,
  m.departure_glorot,
  m.departure_conv1_released,
  m.departure_conv1,
  m.departure_mean_imagenet,
  m.departure_one_tower,
  m.departure_biases_torchvision,
  m.departure_lrn_maps,
  m.departure_mean_cifar,
  m.departure_standardised,
  m.training_zip_codes_16,
  m.training_descent_1989,
  m.training_order,
  m.training_zip_codes,
  m.training_momentum_1990,
  m.training_rates_1998,
  m.training_momentum_1998,
  m.training_textbook,
  m.training_batches_2012,
  m.training_plateau_2012,
  m.training_crops_torchvision,
  m.training_table_cifar,
  m.training_decay_cifar,
  m.training_biases_cifar,
  m.training_all_images,
  m.training_no_decay,
];

const byEnglish = new Map(messages.map((say) => [say({}, { locale: 'en' }), say]));

/** What a preset says of itself, in the window's language; the English itself for a sentence that the catalogues do not have, and for names. */
export function translated(english: string): string {
  return byEnglish.get(english)?.() ?? english;
}

/** Whether the catalogues have a sentence. */
export function isTranslated(english: string): boolean {
  return byEnglish.has(english);
}
