import { Cell, type Readable } from '../state/cell';

/** A snapshot link that was made in this browser, so that it can be copied again. */
export interface OwnLink {
  readonly id: string;
  readonly playground: string;
  /** The key that stands in the link's fragment. */
  readonly key: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const KEY = 'warren.snapshot-links';
/** Nobody makes more that last; what is beyond is forgotten, the oldest first. */
const MOST = 200;

const known = new Cell<readonly OwnLink[]>([]);
let isRead = false;

/** All that are not over, the newest first. */
export const ownLinks: Readable<readonly OwnLink[]> = {
  get() {
    if (!isRead) known.set(read(Date.now()));
    isRead = true;
    return known.get();
  },
  subscribe: known.subscribe,
};

/** True when it is kept beyond this page; false when the browser refuses storage. */
export function keepLink(link: OwnLink): boolean {
  return write([link, ...read(Date.now()).filter(({ id }) => id !== link.id)].slice(0, MOST));
}

export function forgetLink(id: string): void {
  write(read(Date.now()).filter((link) => link.id !== id));
}

function read(now: number): readonly OwnLink[] {
  try {
    return decodeLinks(localStorage.getItem(KEY), now);
  } catch {
    return known.get();
  }
}

function write(links: readonly OwnLink[]): boolean {
  let isKept = true;
  try {
    localStorage.setItem(KEY, JSON.stringify(links));
  } catch {
    isKept = false;
  }
  isRead = true;
  known.set(links);
  return isKept;
}

/** Reads what was kept; what is not ours and what is over is left out. */
export function decodeLinks(text: string | null, now: number): readonly OwnLink[] {
  if (text === null) return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  if (!Array.isArray(value)) return [];
  return value.filter(isLink).filter(({ expiresAt }) => expiresAt > now);
}

function isLink(value: unknown): value is OwnLink {
  if (typeof value !== 'object' || value === null) return false;
  const { id, playground, key, title, expiresAt } = value as Record<string, unknown>;
  const texts = [id, playground, key, title];
  return texts.every((text) => typeof text === 'string') && typeof expiresAt === 'number';
}
