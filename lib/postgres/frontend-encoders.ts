import { MessageWriter } from './message-writer';

/** Messages of a client. Texts must hold no NUL: `Connection` refuses them before they get here. */

/** The most bytes in one CopyData of ours: PostgreSQL holds a whole one in memory. */
export const COPY_CHUNK_BYTES = 64 * 1024;

/** A parameter of a statement; bytes go as they are (bytea), everything else as text. */
export type QueryParameter = string | number | bigint | boolean | Uint8Array | null;

export function encodeQuery(sql: string): Uint8Array {
  return new MessageWriter().begin('Q').cstring(sql).end().take();
}

/** Parse, Bind, Describe, Execute and Sync of the unnamed statement, as one write. */
export function encodeUnnamedQuery(
  sql: string,
  parameters: readonly QueryParameter[],
  typeOids: readonly number[],
): Uint8Array {
  const writer = new MessageWriter();
  parse(writer, '', sql, typeOids);
  bind(writer, '', parameters);
  writer.begin('D').text('P').cstring('').end();
  return executeAndSync(writer);
}

/** Bind, Execute and Sync of a prepared statement. */
export function encodePreparedQuery(
  name: string,
  parameters: readonly QueryParameter[],
): Uint8Array {
  const writer = new MessageWriter();
  bind(writer, name, parameters);
  return executeAndSync(writer);
}

/** Parse, Describe and Sync. */
export function encodePrepare(name: string, sql: string, typeOids: readonly number[]): Uint8Array {
  const writer = new MessageWriter();
  parse(writer, name, sql, typeOids);
  return sync(writer.begin('D').text('S').cstring(name).end()).take();
}

/** Close of a prepared statement, and Sync. */
export function encodeCloseStatement(name: string): Uint8Array {
  return sync(new MessageWriter().begin('C').text('S').cstring(name).end()).take();
}

/** @param chunk at most `COPY_CHUNK_BYTES` */
export function encodeCopyData(chunk: Uint8Array): Uint8Array {
  return new MessageWriter().begin('d').bytes(chunk).end().take();
}

export function encodeCopyDone(): Uint8Array {
  return new MessageWriter().begin('c').end().take();
}

export function encodeCopyFail(message: string): Uint8Array {
  return new MessageWriter().begin('f').cstring(message).end().take();
}

export function encodeSync(): Uint8Array {
  return sync(new MessageWriter()).take();
}

export function encodeTerminate(): Uint8Array {
  return new MessageWriter().begin('X').end().take();
}

/** @param response the mechanism's first message, ASCII */
export function encodeSaslInitialResponse(mechanism: string, response: string): Uint8Array {
  return new MessageWriter().begin('p').cstring(mechanism).lengthAndText(response).end().take();
}

/** @param response ASCII */
export function encodeSaslResponse(response: string): Uint8Array {
  return new MessageWriter().begin('p').text(response).end().take();
}

function parse(
  writer: MessageWriter,
  name: string,
  sql: string,
  typeOids: readonly number[],
): void {
  writer.begin('P').cstring(name).cstring(sql).int16(typeOids.length);
  for (const oid of typeOids) writer.int32(oid);
  writer.end();
}

/** Binds to the unnamed portal and asks for text results. */
function bind(writer: MessageWriter, name: string, parameters: readonly QueryParameter[]): void {
  writer.begin('B').cstring('').cstring(name).int16(parameters.length);
  for (const value of parameters) writer.int16(value instanceof Uint8Array ? 1 : 0);
  writer.int16(parameters.length);
  for (const value of parameters) {
    if (value === null) writer.int32(-1);
    else if (value instanceof Uint8Array) writer.int32(value.length).bytes(value);
    else writer.lengthAndText(String(value));
  }
  writer.int16(0).end();
}

function executeAndSync(writer: MessageWriter): Uint8Array {
  return sync(writer.begin('E').cstring('').int32(0).end()).take();
}

function sync(writer: MessageWriter): MessageWriter {
  return writer.begin('S').end();
}
