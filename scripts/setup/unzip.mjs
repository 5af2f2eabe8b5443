import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

/**
 * A member of an archive, as its central directory lists it.
 *
 * @typedef {{ name: string, method: number, packedBytes: number, bytes: number, mode: number, headerAt: number }} Member
 */

/**
 * Takes some members out of a zip archive (a wheel is one, too) without reading the others.
 *
 * The archive's hash is checked before, so the members' checksums are not. Archives over 4 GB and links are refused.
 *
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => string | undefined} placeOf where in the folder a member goes, undefined for one that is not wanted
 * @param {(bytes: number) => void} [onWritten] hears how many bytes were written, member by member
 */
export async function unzip(archive, folder, placeOf, onWritten) {
  const wanted = [];
  for (const member of await membersOf(archive)) {
    const place = member.name.endsWith('/') ? undefined : placeOf(member.name);
    if (place !== undefined) wanted.push({ member, place: placeInside(folder, place) });
  }
  for (const { member, place } of wanted) {
    mkdirSync(dirname(place), { recursive: true });
    await extract(archive, member, place);
    onWritten?.(member.bytes);
  }
}

/**
 * @param {string} folder
 * @param {string} place
 * @returns {string}
 */
function placeInside(folder, place) {
  const path = resolve(folder, place);
  if (!path.startsWith(resolve(folder) + sep))
    throw new Error(`An archive's member would be written outside its folder: ${place}.`);
  return path;
}

/**
 * @param {string} archive
 * @returns {Promise<Member[]>}
 */
async function membersOf(archive) {
  const file = await open(archive);
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, 65_557));
    await file.read(tail, 0, tail.length, size - tail.length);
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0) throw new Error(`${archive} is not a zip archive: it has no end record.`);
    const count = tail.readUInt16LE(end + 10);
    const directoryBytes = tail.readUInt32LE(end + 12);
    const directoryAt = tail.readUInt32LE(end + 16);
    const directory = Buffer.alloc(directoryBytes);
    await file.read(directory, 0, directoryBytes, directoryAt);

    /** @type {Member[]} */
    const members = [];
    let at = 0;
    // Beyond 65,535 members the count wraps around; the directory's own size does not.
    while (at + 46 <= directoryBytes && directory.readUInt32LE(at) === 0x02014b50) {
      const nameBytes = directory.readUInt16LE(at + 28);
      const member = {
        name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
        method: directory.readUInt16LE(at + 10),
        packedBytes: directory.readUInt32LE(at + 20),
        bytes: directory.readUInt32LE(at + 24),
        mode: directory.readUInt32LE(at + 38) >>> 16,
        headerAt: directory.readUInt32LE(at + 42),
      };
      if (member.headerAt === 0xffffffff)
        throw new Error(`${archive} is larger than 4 GB, which is not supported here.`);
      members.push(member);
      at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    }
    if (members.length % 65_536 !== count) throw new Error(`${archive} is damaged: its directory ends early.`);
    return members;
  } finally {
    await file.close();
  }
}

/**
 * @param {string} archive
 * @param {Member} member
 * @param {string} place
 */
async function extract(archive, { name, method, packedBytes, bytes, mode, headerAt }, place) {
  if ((mode & 0o170000) === 0o120000) throw new Error(`${name} in ${archive} is a link, which is not supported here.`);
  const file = await open(archive);
  const header = Buffer.alloc(30);
  await file.read(header, 0, 30, headerAt);
  await file.close();
  const start = headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const target = createWriteStream(place, { mode: mode & 0o777 || 0o644 });
  if (packedBytes === 0) return void target.end();
  const source = createReadStream(archive, { start, end: start + packedBytes - 1 });
  if (method === 8) await pipeline(source, createInflateRaw({ chunkSize: 256 * 1024 }), target);
  else if (method === 0) await pipeline(source, target);
  else throw new Error(`${name} in ${archive} is packed in a way that is not supported here (method ${method}).`);
  if (target.bytesWritten !== bytes)
    throw new Error(`${name} in ${archive} is damaged: it has ${target.bytesWritten} bytes, not ${bytes}.`);
}
