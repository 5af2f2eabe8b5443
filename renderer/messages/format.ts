import { m } from './compiled/messages.js';
import { getLocale } from './compiled/runtime.js';

const formats = new Map<string, Intl.NumberFormat>();

/** A number in the window's language, with a fixed count of digits after the point so that it does not jump. */
export function decimal(value: number, digits = 0): string {
  const locale = getLocale();
  const key = `${locale}/${digits}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      // What is rounded to zero has no sign.
      signDisplay: 'negative',
    });
    formats.set(key, format);
  }
  // Hebrew puts a left-to-right mark before a minus sign; our numbers stand in left-to-right isolates already.
  return format
    .format(value)
    .replace(/\u200E/g, '')
    .replace(/^-/, '−');
}

/** Smaller than this is what is left of numbers that cancel out. */
const leastSize = 1e-7;

/** As `decimal` has it; but a number that would be rounded to zero keeps its first figure or figures, and takes no more room: `3e−5`. */
export function decimalOrSmall(value: number, digits: number, figures = 1): string {
  const size = Math.abs(value);
  if (size < leastSize || size >= 0.5 * 10 ** -digits) return decimal(value, digits);
  return minus(value.toExponential(figures - 1));
}

/** A number of any size to `figures` significant figures, zeros at its end left out: `0.000123`, `12.3`, `1.23e6`. */
export function significant(value: number, figures = 3): string {
  const rounded = Number(value.toPrecision(figures));
  const size = Math.abs(rounded);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return minus(rounded.toExponential().replace('e+', 'e'));
  return minus(String(rounded));
}

function minus(text: string): string {
  return text.replace(/-/g, '−');
}

/** `0.984` → `98.4 %`. */
export function percent(share: number, digits = 1): string {
  return `${decimal(share * 100, digits)}\u00A0%`;
}

/** What is left in words: whole minutes and seconds; from 100 minutes on hours and minutes. */
export function timeLeft(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const minutes = Math.floor(whole / 60);
  if (minutes >= 100) {
    return m.time_left_hours({ hours: decimal(Math.floor(minutes / 60)), minutes: decimal(minutes % 60) });
  }
  if (minutes === 0) return m.time_left_seconds({ seconds: decimal(whole) });
  return m.time_left_minutes({ minutes: decimal(minutes), seconds: decimal(whole % 60) });
}

/** 1 234 567 → `1.2 MB`. */
export function megabytes(bytes: number): string {
  return `${decimal(bytes / 1e6, 1)} MB`;
}
