/** Pixels of an image. */
const pixels = 32 * 32;

/** One byte of label, and the planes of red, green and blue. */
const recordBytes = 1 + 3 * pixels;

/**
 * Records of CIFAR-10's binary version from a sheet with an image a row: its 1,024 pixels one after another.
 *
 * @param {Uint8Array} sheet RGBA
 * @param {number[]} labels one a row
 * @returns {Uint8Array}
 */
export function recordsFromSheet(sheet, labels) {
  if (sheet.length !== labels.length * pixels * 4) {
    throw new Error(`A sheet of ${sheet.length / pixels / 4} images came with ${labels.length} labels.`);
  }
  const records = new Uint8Array(labels.length * recordBytes);
  labels.forEach((label, image) => {
    const record = image * recordBytes;
    records[record] = label;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const from = (image * pixels + pixel) * 4;
      for (let channel = 0; channel < 3; channel++) {
        records[record + 1 + channel * pixels + pixel] = sheet[from + channel];
      }
    }
  });
  return records;
}
