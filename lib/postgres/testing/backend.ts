import { MessageWriter } from '../message-writer';

/** Messages a real server sends and the relay never does, for tests that play the server. */

/** The relay lets PostgreSQL's own through. */
export function authenticationOk(): Uint8Array {
  return new MessageWriter().begin('R').int32(0).end().take();
}

export function readyForQuery(status: 'I' | 'T' | 'E' = 'I'): Uint8Array {
  return new MessageWriter().begin('Z').text(status).end().take();
}

export function parameterStatus(name: string, value: string): Uint8Array {
  return new MessageWriter().begin('S').cstring(name).cstring(value).end().take();
}

export function rowDescription(...names: string[]): Uint8Array {
  const writer = new MessageWriter().begin('T').int16(names.length);
  for (const name of names) {
    writer.cstring(name).int32(16_384).int16(1).int32(25).int16(-1).int32(-1).int16(0);
  }
  return writer.end().take();
}

export function dataRow(...cells: (string | null)[]): Uint8Array {
  const writer = new MessageWriter().begin('D').int16(cells.length);
  for (const cell of cells) {
    if (cell === null) writer.int32(-1);
    else writer.lengthAndText(cell);
  }
  return writer.end().take();
}

export function commandComplete(tag: string): Uint8Array {
  return new MessageWriter().begin('C').cstring(tag).end().take();
}

/** A message without a body, e.g. `1` ParseComplete. */
export function bare(type: string): Uint8Array {
  return new MessageWriter().begin(type).end().take();
}

export function copyResponse(type: 'G' | 'H', columns: number): Uint8Array {
  const writer = new MessageWriter().begin(type).int8(0).int16(columns);
  for (let i = 0; i < columns; i++) writer.int16(0);
  return writer.end().take();
}

export function copyData(text: string): Uint8Array {
  return new MessageWriter().begin('d').text(text).end().take();
}

export function errorOrNotice(type: 'E' | 'N', fields: Record<string, string>): Uint8Array {
  const writer = new MessageWriter().begin(type);
  for (const [field, text] of Object.entries(fields)) writer.text(field).cstring(text);
  return writer.int8(0).end().take();
}

/** A message of any type, length word and body: also ones that lie. */
export function raw(type: string, length: number, ...body: number[]): Uint8Array {
  const word = [length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255];
  return Uint8Array.of(type.charCodeAt(0), ...word, ...body);
}
