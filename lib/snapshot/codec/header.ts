import { damaged, type SnapshotBase, SnapshotError } from '../errors';
import { BYTES_PER_MB, MAX_MEMORY_MB } from '../state/limits';
import { MAX_DEVICES_BYTES, MAX_HEADER_BYTES, MAX_NOTE_LENGTH, MAX_TITLE_LENGTH } from './limits';

export { MAX_NOTE_LENGTH, MAX_TITLE_LENGTH } from './limits';
export type { SnapshotBase };

/** What a snapshot says of itself before its contents (S12). */
export interface SnapshotHeader {
  /** A whole machine, or a dump of its data. */
  readonly kind: 'machine' | 'data';
  /** Of `data`: the base of the machine that the dump was made on. */
  readonly base: SnapshotBase;
  readonly memoryMb: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** At most 200 characters (UTF-16 units). */
  readonly title: string;
  /** At most 4,000 characters (UTF-16 units). */
  readonly note: string;
  /** What it holds before compression, as far as known when it was begun. For showing progress; not checked. */
  readonly rawBytes: number;
}

/** @throws SnapshotError `too-large` for title or note, `damaged` for a header no reader would take */
export function encodeHeader(header: SnapshotHeader): Uint8Array {
  if (header.title.length > MAX_TITLE_LENGTH || header.note.length > MAX_NOTE_LENGTH) {
    throw new SnapshotError(
      'too-large',
      `A snapshot's title has at most ${MAX_TITLE_LENGTH} characters and its note ${MAX_NOTE_LENGTH}. Shorten them.`,
    );
  }
  return new TextEncoder().encode(JSON.stringify(checkHeader(header)));
}

/** @throws SnapshotError `damaged` naming the field */
export function decodeHeader(bytes: Uint8Array): SnapshotHeader {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw damaged('its header', 'is no JSON', { cause });
  }
  return checkHeader(json);
}

/** The header's length as it is told, before anything of it is read. */
export function isHeaderLength(bytes: number): boolean {
  return bytes > 0 && bytes <= MAX_HEADER_BYTES;
}

/** Picks the fields it knows, so that what a file adds never gets further. */
function checkHeader(json: unknown): SnapshotHeader {
  const fields = record(json, 'header');
  const wanted = record(fields.base, 'base');
  const { kind } = fields;
  if (kind !== 'machine' && kind !== 'data') throw wrong('kind');
  const memoryMb = count(fields.memoryMb, 'memoryMb', MAX_MEMORY_MB);
  const maxBytes = memoryMb * BYTES_PER_MB + MAX_DEVICES_BYTES;
  const base: SnapshotBase = {
    file: matching(wanted.file, 'base.file', FILE_NAME),
    bytes: count(wanted.bytes, 'base.bytes', maxBytes),
    rawBytes: count(wanted.rawBytes, 'base.rawBytes', maxBytes),
    sha256: matching(wanted.sha256, 'base.sha256', SHA256),
    memoryMb: count(wanted.memoryMb, 'base.memoryMb', MAX_MEMORY_MB),
    v86: matching(wanted.v86, 'base.v86', SHORT),
    postgres: matching(wanted.postgres, 'base.postgres', SHORT),
    image: matching(wanted.image, 'base.image', SHORT),
  };
  if (memoryMb === 0 || base.memoryMb !== memoryMb) throw wrong('memoryMb');
  return {
    kind,
    base,
    memoryMb,
    createdAt: count(fields.createdAt, 'createdAt', MAX_DATE_MS),
    title: text(fields.title, 'title', MAX_TITLE_LENGTH),
    note: text(fields.note, 'note', MAX_NOTE_LENGTH),
    rawBytes: count(fields.rawBytes, 'rawBytes', Number.MAX_SAFE_INTEGER),
  };
}

/** The last moment that JavaScript has a date for. */
const MAX_DATE_MS = 8.64e15;
/** It becomes part of a URL below the image's folder: one name, no path. */
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const SHORT = /^[\x20-\x7e]{1,64}$/;

function record(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw wrong(name);
  return value as Record<string, unknown>;
}

function text(value: unknown, name: string, maxLength: number): string {
  if (typeof value !== 'string' || value.length > maxLength) throw wrong(name);
  return value;
}

function matching(value: unknown, name: string, pattern: RegExp): string {
  if (typeof value !== 'string' || !pattern.test(value)) throw wrong(name);
  return value;
}

function count(value: unknown, name: string, max: number): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) > max) {
    throw wrong(name);
  }
  return value as number;
}

function wrong(name: string): SnapshotError {
  return damaged('its header', `has no right "${name}"`);
}
