import { m } from '../../messages/compiled/messages.js';

/** What a switch of a preset is called, and each of its settings. */
export type SwitchName = {
  readonly legend: () => string;
  readonly settings: Readonly<Record<string, { readonly label: () => string; readonly hint?: () => string }>>;
};

const onOff = { on: { label: m.switch_on }, off: { label: m.switch_off } };

/** All switches that presets have. */
export const switchNames: Readonly<Record<string, SwitchName>> = {
  ladder: {
    legend: m.ladder,
    settings: {
      '1989': { label: () => '1989', hint: m.ladder_1989_hint },
      softmax: { label: m.ladder_softmax, hint: m.ladder_softmax_hint },
      adamw: { label: () => 'AdamW', hint: m.ladder_adamw_hint },
      shifts: { label: m.ladder_shifts, hint: m.ladder_shifts_hint },
      dropout: { label: m.ladder_dropout, hint: m.ladder_dropout_hint },
    },
  },
  activation: {
    legend: m.activation,
    settings: {
      logistic: { label: m.activation_logistic, hint: () => '1 / (1 + e⁻ᵃ)' },
      tanh: { label: m.activation_tanh, hint: () => 'tanh a' },
      'scaled-tanh': { label: m.activation_scaled_tanh, hint: () => '1.7159 · tanh(2a/3)' },
      relu: { label: m.activation_relu, hint: () => 'max(0, a)' },
      none: { label: m.activation_none, hint: () => 'a' },
    },
  },
  pooling: {
    legend: m.pooling,
    settings: { average: { label: m.pooling_average }, max: { label: m.pooling_max } },
  },
  overlap: { legend: m.overlap, settings: onOff },
  dropout: { legend: m.dropout, settings: onOff },
  lrn: { legend: m.lrn, settings: onOff },
};
