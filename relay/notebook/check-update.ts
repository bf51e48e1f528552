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
    id(reader); // client, first clock
    for (let left = count; left > 0; left--) {
      const kind = struct(reader);
      if (kind !== SKIP) structs += 1;
      if (kind === TYPE) types += 1;
    }
  }
  deleteSet(reader);
  reader.end();
  return { structs, types };
}

function struct(reader: ByteReader): number {
  const info = reader.byte();
  const kind = info & KIND;
  if (kind === GC || info === SKIP) {
    length(reader);
    return kind;
  }
  const hasOrigin = (info & HAS_ORIGIN) !== 0;
  const hasRightOrigin = (info & HAS_RIGHT_ORIGIN) !== 0;
  if (hasOrigin) id(reader);
  if (hasRightOrigin) id(reader);
  if (!hasOrigin && !hasRightOrigin) {
    const isRoot = reader.varUint() === 1;
    if (isRoot) text(reader);
    else id(reader);
    if ((info & HAS_PARENT_KEY) !== 0) text(reader);
  }
  content(reader, kind);
  return kind;
}

function content(reader: ByteReader, kind: number): void {
  switch (kind) {
    case DELETED:
      length(reader);
      return;
    case BINARY:
      reader.varBytes();
      return;
    case STRING:
      // An item without length cannot be found again in Yjs' lists.
      if (text(reader) === 0) throw new MalformedError('an empty text');
      return;
    case TYPE:
      type(reader);
      return;
    case ANY: {
      const count = reader.varUint();
      if (count === 0) throw new MalformedError('no values');
      for (let left = count; left > 0; left--) value(reader, MAX_VALUE_DEPTH);
      return;
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

function id(reader: ByteReader): void {
  bounded(reader);
  bounded(reader);
}

function length(reader: ByteReader): void {
  if (bounded(reader) === 0) throw new MalformedError('a length of nothing');
}

function bounded(reader: ByteReader): number {
  const number = reader.varUint();
  if (number > MAX_NUMBER) throw new MalformedError('a number is too large');
  return number;
}

/** Its length in bytes. */
function text(reader: ByteReader): number {
  const bytes = reader.varBytes();
  if (!isUtf8(bytes)) throw new MalformedError('a text that is not UTF-8');
  return bytes.length;
}
