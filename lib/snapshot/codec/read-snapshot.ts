import { ByteReader, type ByteSource } from '../byte-reader';
import { damaged, SnapshotError } from '../errors';
import type { SnapshotHeader } from './header';
import { MAGIC, OPENING_BYTES, VERSION } from './limits';
import type { OpenSnapshot, ReadOptions, VersionReader, WholeSnapshot } from './version';
import { openVersion1 } from './version-1';

export type { ByteSource as SnapshotSource } from '../byte-reader';
export type { ReadOptions, SnapshotContents, WholeSnapshot } from './version';

/** A reader for each version ever written. */
const READERS: Readonly<Record<number, VersionReader>> = { 1: openVersion1 };

/**
 * What a snapshot says of itself, its hash checked; then the source is let go.
 * @throws SnapshotError `not-a-snapshot`, `newer-version`, `damaged`
 */
export function readSnapshotHeader(source: ByteSource): Promise<SnapshotHeader> {
  return reading(source, async ({ header }) => header);
}

/**
 * Reads a whole snapshot; when it resolves, every byte of it was checked. The source is let go in any case.
 * @throws SnapshotError of all codes but `wrong-key`; or whatever the source or a callback rejects with
 */
export function readSnapshot(source: ByteSource, options: ReadOptions): Promise<WholeSnapshot> {
  return reading(source, async (snapshot) => {
    await options.onHeader?.(snapshot.header);
    return snapshot.readContents(options);
  });
}

async function reading<T>(
  source: ByteSource,
  use: (snapshot: OpenSnapshot) => Promise<T>,
): Promise<T> {
  const reader = new ByteReader(source);
  try {
    return await use(await open(reader));
  } finally {
    await reader.release();
  }
}

async function open(reader: ByteReader): Promise<OpenSnapshot> {
  const opening = new Uint8Array(OPENING_BYTES);
  const filled = await reader.read(opening);
  const magic = new TextDecoder('latin1').decode(opening.subarray(0, MAGIC.length));
  if (filled < OPENING_BYTES || magic !== MAGIC) {
    throw new SnapshotError(
      'not-a-snapshot',
      'This is not a Warren snapshot: it does not begin as one. Nothing was changed; choose a file that ends in .warren.',
    );
  }
  const version = new DataView(opening.buffer).getUint16(MAGIC.length, true);
  if (version > VERSION) {
    throw new SnapshotError(
      'newer-version',
      `This snapshot was made by a newer Warren (format ${version}; this one reads up to ${VERSION}). Nothing was changed; reload the page, or open it where it was made.`,
    );
  }
  const openVersion = READERS[version];
  if (openVersion === undefined) throw damaged('its beginning', 'tells no version that ever was');
  return openVersion(reader, opening);
}
