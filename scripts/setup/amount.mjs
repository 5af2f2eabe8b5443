/**
 * How much of something, for a line of progress: `12 of 196 MB`, `310 of 640 packages`, or without a total `12 MB`.
 *
 * @param {number} received
 * @param {number | undefined} total
 * @param {string} unit `bytes` are shown as MB
 * @returns {string}
 */
export function amount(received, total, unit) {
  const [scale, name] = unit === 'bytes' ? [1e6, 'MB'] : [1, unit];
  const shown = Math.round(received / scale);
  return total === undefined
    ? `${shown} ${name}`
    : `${Math.min(shown, Math.round(total / scale))} of ${Math.round(total / scale)} ${name}`;
}

/**
 * A time span for people: `0.4 s`, `12 s`, `1 min 5 s`.
 *
 * @param {number} millis
 * @returns {string}
 */
export function duration(millis) {
  const seconds = millis / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
