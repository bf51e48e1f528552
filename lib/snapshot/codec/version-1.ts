import type { ByteReader } from '../byte-reader';
import { damaged } from '../errors';
import { Chain, sameBytes } from './chain';
import { Contents } from './contents';
import { decodeHeader, isHeaderLength } from './header';
import { HASH_BYTES, OPENING_BYTES, PREAMBLE_BYTES } from './limits';
import { checkedPieces } from './pieces';
import type { OpenSnapshot } from './version';

/** Version 1 of the format: rules S11 to S19. */
export async function openVersion1(reader: ByteReader, opening: Uint8Array): Promise<OpenSnapshot> {
  const preamble = new Uint8Array(PREAMBLE_BYTES);
  const view = new DataView(preamble.buffer);
  if ((await reader.read(preamble)) < preamble.length)
    throw damaged('its beginning', 'is cut short');
  const headerBytes = view.getUint32(2, true);
  if (view.getUint16(0, true) !== 0 || !isHeaderLength(headerBytes)) {
    throw damaged('its header', 'has a length it cannot have');
  }
  const beginning = new Uint8Array(OPENING_BYTES + PREAMBLE_BYTES + headerBytes);
  beginning.set(opening);
  beginning.set(preamble, OPENING_BYTES);
  const json = beginning.subarray(OPENING_BYTES + PREAMBLE_BYTES);
  const hash = new Uint8Array(HASH_BYTES);
  const whole = (await reader.read(json)) === headerBytes;
  if (!whole || (await reader.read(hash)) < HASH_BYTES) throw damaged('its header', 'is cut short');
  const { hash: expected, chain } = await Chain.begin(beginning);
  if (!sameBytes(hash, expected)) {
    throw damaged('its header', 'does not have the hash it should have');
  }
  const header = decodeHeader(json);
  return {
    header,
    async readContents(options) {
      const contents = await Contents.begin(header, options);
      for await (const piece of checkedPieces(reader, chain)) await contents.take(piece);
      return contents.finish();
    },
  };
}
