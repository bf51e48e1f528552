import { MEMORY_SIZES_MB, type MemoryMb } from '@/lib/machine/types';
import type { Template } from '@/lib/notebook/templates';

/** What this browser remembers of a playground that was made in it. The secrets never leave it but as Bearer or ticket. */
export interface OwnedPlayground {
  readonly id: string;
  /** Chosen in this browser; empty until then. */
  readonly name: string;
  readonly createdAt: number;
  readonly openedAt: number;
  readonly owner: LinkSecret;
  /** Chosen for its machine; absent until then. */
  readonly memoryMb?: MemoryMb;
  /** It was made a moment ago and nobody has opened it; taken by the first who does. */
  readonly fresh?: FreshMark;
  /** A snapshot's data waits in this browser until the machine runs for the first time (components/snapshot/pending-dump.ts). */
  readonly pendingDump?: true;
  /** What its machine came in; absent for one that began here. */
  readonly madeOf?: MadeOf;
  readonly shared: { readonly editor?: LinkSecret; readonly viewer?: LinkSecret };
}

/** The ids alone: what the templates hold is fetched by the page that needs one. */
const TEMPLATE_IDS: readonly Template['id'][] = ['empty', 'tour', 'shop'];

export interface FreshMark {
  /** What its notebook begins with. */
  readonly template: Template['id'];
}

/** A snapshot that was opened as a playground. */
export interface MadeOf {
  readonly by: (typeof CARRIERS)[number];
  /** Milliseconds since 1970 of the moment it holds. */
  readonly at: number;
}

const CARRIERS = ['link', 'file'] as const;

export interface LinkSecret {
  readonly id: string;
  readonly secret: string;
}

export type SharedRole = keyof OwnedPlayground['shared'];

interface Stored {
  readonly version: 1;
  readonly playgrounds: readonly OwnedPlayground[];
}

export function encodePlaygrounds(playgrounds: readonly OwnedPlayground[]): string {
  return JSON.stringify({ version: 1, playgrounds } satisfies Stored);
}

/** Reads what `encodePlaygrounds` wrote. Entries that are not ours are left out, so one bad entry loses no other. */
export function decodePlaygrounds(text: string | null): readonly OwnedPlayground[] {
  if (text === null) return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  if (!isRecord(value) || value.version !== 1 || !Array.isArray(value.playgrounds)) return [];
  return value.playgrounds.flatMap((entry) => readPlayground(entry) ?? []);
}

function readPlayground(value: unknown): OwnedPlayground | undefined {
  if (!isRecord(value) || typeof value.id !== 'string') return undefined;
  const owner = readLink(value.owner);
  if (!owner) return undefined;
  const shared = isRecord(value.shared) ? value.shared : {};
  return {
    id: value.id,
    name: typeof value.name === 'string' ? value.name : '',
    createdAt: typeof value.createdAt === 'number' ? value.createdAt : 0,
    openedAt: typeof value.openedAt === 'number' ? value.openedAt : 0,
    owner,
    memoryMb: MEMORY_SIZES_MB.find((size) => size === value.memoryMb),
    fresh: readFresh(value.fresh),
    pendingDump: value.pendingDump === true ? true : undefined,
    madeOf: readMadeOf(value.madeOf),
    shared: { editor: readLink(shared.editor), viewer: readLink(shared.viewer) },
  };
}

function readFresh(value: unknown): FreshMark | undefined {
  if (!isRecord(value)) return undefined;
  const template = TEMPLATE_IDS.find((id) => id === value.template);
  return template && { template };
}

function readMadeOf(value: unknown): MadeOf | undefined {
  if (!isRecord(value) || typeof value.at !== 'number') return undefined;
  const by = CARRIERS.find((carrier) => carrier === value.by);
  return by && { by, at: value.at };
}

function readLink(value: unknown): LinkSecret | undefined {
  if (!isRecord(value) || typeof value.id !== 'string' || typeof value.secret !== 'string') {
    return undefined;
  }
  return { id: value.id, secret: value.secret };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
