import { isUtf8 } from 'node:buffer';
import { ByteReader, MalformedError } from './byte-reader';

/** What an update holds, as far as the server cares. */
export interface UpdateFacts {
  /** Structs that are no holes: inserted content, and what stands for deleted content. */
  readonly structs: number;
  /** Shared types it creates: maps, arrays, texts. */
  readonly types: number;
}

/** Ids and lengths of Yjs are far below; above it sums could leave the safe integers. */
const MAX_NUMBER = 2 ** 40;
/** Values inside values, e.g. an array in an object; a notebook has none. Deeper ones would end the stack when encoded. */
const MAX_VALUE_DEPTH = 32;

/** The kinds of struct and of content, the low five bits of a struct's first byte. */
const GC = 0;
const DELETED = 1;
const BINARY = 3;
const STRING = 4;
const TYPE = 7;
const ANY = 8;
const SKIP = 10;

const HAS_ORIGIN = 0x80;
const HAS_RIGHT_ORIGIN = 0x40;
const HAS_PARENT_KEY = 0x20;
const KIND = 0x1f;

/** XML elements and hooks carry a name after the number of their type. */
const XML_ELEMENT = 3;
const XML_HOOK = 5;
const LAST_TYPE = 6;

/**
 * Walks through a Yjs update (version 1) without making anything of it, and throws a `MalformedError` where Yjs would
 * fail in the middle of applying it. Content that notebooks do not use and that can do harm is malformed too:
 * documents in documents (each a costly object), and JSON (nested as deeply as its author likes).
 */
export function checkUpdate(update: Uint8Array): UpdateFacts {
  const reader = new ByteReader(update);
  let structs = 0;
  let types = 0;
  for (let clients = reader.varUint(); clients > 0; clients--) {
    const count = reader.varUint();
    const at = { client: bounded(reader), clock: bounded(reader) };
    for (let left = count; left > 0; left--) {
      const { kind, length } = struct(reader, at);
      at.clock += length;
      if (kind !== SKIP) structs += 1;
      if (kind === TYPE) types += 1;
    }
  }
  deleteSet(reader);
  reader.end();
  return { structs, types };
}

interface Id {
  readonly client: number;
  readonly clock: number;
}

interface Struct {
  readonly kind: number;
  /** By how much it moves the clock of its client on; never nothing: Yjs could not find it again. */
  readonly length: number;
}

function struct(reader: ByteReader, at: Id): Struct {
  const info = reader.byte();
  const kind = info & KIND;
  if (kind === GC || info === SKIP) return { kind, length: length(reader) };
  const hasOrigin = (info & HAS_ORIGIN) !== 0;
  const hasRightOrigin = (info & HAS_RIGHT_ORIGIN) !== 0;
  if (hasOrigin) earlier(reader, at);
  if (hasRightOrigin) earlier(reader, at);
  if (!hasOrigin && !hasRightOrigin) {
    const isRoot = reader.varUint() === 1;
    if (isRoot) text(reader);
    else earlier(reader, at);
    if ((info & HAS_PARENT_KEY) !== 0) text(reader);
  }
  return { kind, length: content(reader, kind) };
}

/** A reference. Yjs waits for what other clients have not sent yet, but looks for its own without asking. */
function earlier(reader: ByteReader, at: Id): void {
  const client = bounded(reader);
  const clock = bounded(reader);
  if (client === at.client && clock >= at.clock) {
    throw new MalformedError('a reference to what its author makes later');
  }
}

/** Gives its length. */
function content(reader: ByteReader, kind: number): number {
  switch (kind) {
    case DELETED:
      return length(reader);
    case BINARY:
      reader.varBytes();
      return 1;
    case STRING: {
      const { length } = text(reader).toString();
      if (length === 0) throw new MalformedError('an empty text');
      return length;
    }
    case TYPE:
      type(reader);
      return 1;
    case ANY: {
      const count = reader.varUint();
      if (count === 0) throw new MalformedError('no values');
      for (let left = count; left > 0; left--) value(reader, MAX_VALUE_DEPTH);
      return count;
    }
    default:
      throw new MalformedError('content of a kind that notebooks do not have');
  }
}

function type(reader: ByteReader): void {
  const ref = reader.varUint();
  if (ref > LAST_TYPE) throw new MalformedError('an unknown type');
  if (ref === XML_ELEMENT || ref === XML_HOOK) text(reader);
}

/** A value as lib0's `writeAny` has it. */
function value(reader: ByteReader, depth: number): void {
  if (depth === 0) throw new MalformedError('a value is nested too deeply');
  const tag = reader.byte();
  switch (tag) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return;
    case 125:
      varInt(reader);
      return;
    case 124: // float32
      reader.take(4);
      return;
    case 123: // float64
    case 122: // bigint
      reader.take(8);
      return;
    case 119:
      text(reader);
      return;
    case 118: // object
      for (let left = reader.varUint(); left > 0; left--) {
        text(reader);
        value(reader, depth - 1);
      }
      return;
    case 117: // array
      for (let left = reader.varUint(); left > 0; left--) value(reader, depth - 1);
      return;
    case 116:
      reader.varBytes();
      return;
    default:
      throw new MalformedError('a value of an unknown type');
  }
}

/** Six bits and the sign, then seven bits a byte. */
function varInt(reader: ByteReader): void {
  let byte = reader.byte();
  let number = byte & 0x3f;
  for (let factor = 64; byte >= 0x80; factor *= 128) {
    byte = reader.byte();
    number += (byte & 0x7f) * factor;
    if (number > Number.MAX_SAFE_INTEGER) throw new MalformedError('a number is too large');
  }
}

function deleteSet(reader: ByteReader): void {
  for (let clients = reader.varUint(); clients > 0; clients--) {
    bounded(reader); // client
    for (let ranges = reader.varUint(); ranges > 0; ranges--) {
      bounded(reader); // clock
      length(reader);
    }
  }
}

function length(reader: ByteReader): number {
  const number = bounded(reader);
  if (number === 0) throw new MalformedError('a length of nothing');
  return number;
}

function bounded(reader: ByteReader): number {
  const number = reader.varUint();
  if (number > MAX_NUMBER) throw new MalformedError('a number is too large');
  return number;
}

/** Its bytes, as a Buffer, to be made a string of where that is needed. */
function text(reader: ByteReader): Buffer {
  const bytes = reader.varBytes();
  if (!isUtf8(bytes)) throw new MalformedError('a text that is not UTF-8');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
