import { amount, duration } from './amount.mjs';

/**
 * What a slow activity measures about itself while it runs.
 *
 * @typedef {object} Gauge
 * @property {() => number} received
 * @property {number} [total]
 * @property {string} unit `bytes` or a plural noun
 */

/**
 * Shows how the parts of the set-up get on.
 *
 * @typedef {object} Progress
 * @property {<T>(what: string, work: () => Promise<T>, gauge?: Gauge) => Promise<T>} during runs a slow activity and shows it while it lasts
 * @property {(sentence: string) => void} note
 * @property {(part: string) => void} done
 * @property {(part: string, message: string) => void} failed
 */

/**
 * For people: on a terminal one line that is redrawn, elsewhere a line every five seconds; a line when an activity ends.
 *
 * @param {NodeJS.WriteStream} stream
 * @returns {(part: string) => Progress}
 */
export function progressForPeople(stream) {
  return (part) => ({
    async during(what, work, gauge) {
      const begun = Date.now();
      const line = () => {
        const much = gauge ? ` ${amount(gauge.received(), gauge.total, gauge.unit)},` : '';
        return `${part}: ${what}…${much} ${duration(Date.now() - begun)}`;
      };
      if (!stream.isTTY) stream.write(`${part}: ${what}…\n`);
      const timer = setInterval(
        () => stream.write(stream.isTTY ? `\r\x1b[K${line().slice(0, (stream.columns || 80) - 1)}` : `${line()}\n`),
        stream.isTTY ? 250 : 5000,
      );
      try {
        const result = await work();
        if (stream.isTTY) stream.write('\r\x1b[K');
        stream.write(`${part}: ${what}: done in ${duration(Date.now() - begun)}\n`);
        return result;
      } catch (error) {
        if (stream.isTTY) stream.write('\r\x1b[K');
        throw error;
      } finally {
        clearInterval(timer);
      }
    },
    note: (sentence) => void stream.write(`${part}: ${sentence}\n`),
    done: () => {},
    failed: (name, message) => void stream.write(`${name} could not be set up: ${message}\n`),
  });
}

/**
 * For programs: one JSON object a line, `progress` in bytes, then `done` or `failed` for each part.
 *
 * @param {NodeJS.WritableStream} stream
 * @returns {(part: string) => Progress}
 */
export function progressForPrograms(stream) {
  /** @param {object} report */
  const say = (report) => void stream.write(`${JSON.stringify(report)}\n`);
  return (part) => ({
    async during(_what, work, gauge) {
      const measured = gauge?.unit === 'bytes' && gauge.total !== undefined ? gauge : undefined;
      const total = measured?.total ?? 0;
      let told = -1;
      /** @param {number} received */
      const tellAt = (received) => {
        if (measured && received !== told) say({ type: 'progress', part, received, total });
        told = received;
      };
      const tell = () => tellAt(Math.min(measured?.received() ?? 0, total));
      tell();
      const timer = setInterval(tell, 200);
      try {
        const result = await work();
        tellAt(total);
        return result;
      } finally {
        clearInterval(timer);
      }
    },
    note: () => {},
    done: (name) => say({ type: 'done', part: name }),
    failed: (name, message) => say({ type: 'failed', part: name, message }),
  });
}
