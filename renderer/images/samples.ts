import astronaut from '../../resources/photographs/astronaut.jpg?url';
import bricks from '../../resources/photographs/bricks.png?url';
import cat from '../../resources/photographs/cat.jpg?url';
import coffee from '../../resources/photographs/coffee.jpg?url';
import digits from '../../resources/photographs/digits.png?url';
import boats from '../../resources/photographs/nagasaki-boats.png?url';
import type { SampleId } from '../../shared/bench/experiment.ts';
import type { ByteImage } from '../../shared/dataset/resize.ts';

/** Where the pictures that ship with the app are. */
export const sampleAddresses: Record<SampleId, string> = { boats, astronaut, coffee, cat, bricks, digits };

/** Loads pictures that ship with the app, each once. */
export function sampleLoader(
  decode: (file: Blob, name: string) => Promise<ByteImage>,
): (id: SampleId) => Promise<ByteImage> {
  const loaded = new Map<SampleId, Promise<ByteImage>>();
  return (id) => {
    const before = loaded.get(id);
    if (before) return before;
    const image = fetch(sampleAddresses[id])
      .then((answer) => answer.blob())
      .then((file) => decode(file, id));
    loaded.set(id, image);
    // What failed is tried again the next time.
    image.catch(() => loaded.delete(id));
    return image;
  };
}
