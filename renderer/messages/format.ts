import { m } from './compiled/messages.js';
import { getLocale } from './compiled/runtime.js';

const formats = new Map<string, Intl.NumberFormat>();

/** A number in the window's language, with a fixed count of digits after the point so that it does not jump. */
export function decimal(value: number, digits = 0): string {
  const locale = getLocale();
  const key = `${locale}/${digits}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(key, format);
  }
  // Hebrew puts a left-to-right mark before a minus sign; our numbers stand in left-to-right isolates already.
  return format
    .format(value)
    .replace(/\u200E/g, '')
    .replace(/^-/, '−');
}

/** `0.984` → `98.4 %`. */
export function percent(share: number, digits = 1): string {
  return `${decimal(share * 100, digits)}\u00A0%`;
}

/** Whole seconds and minutes that are left, in words. */
export function timeLeft(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const minutes = Math.floor(whole / 60);
  if (minutes === 0) return m.time_left_seconds({ seconds: decimal(whole) });
  return m.time_left_minutes({ minutes: decimal(minutes), seconds: decimal(whole % 60) });
}

/** 1 234 567 → `1.2 MB`. */
export function megabytes(bytes: number): string {
  return `${decimal(bytes / 1e6, 1)} MB`;
}
