import type { MemoryMb } from '@/lib/machine/types';
import type { Readable } from '../state/cell';
import {
  decodePlaygrounds,
  encodePlaygrounds,
  type FreshMark,
  type LinkSecret,
  type OwnedPlayground,
  type SharedRole,
} from './codec';

const KEY = 'warren.playgrounds';

let known: readonly OwnedPlayground[] = [];
let knownText: string | null = null;
const listeners = new Set<() => void>();

/** The playgrounds of this browser, the one opened last first. Changes of other tabs arrive too. */
export const playgrounds: Readable<readonly OwnedPlayground[]> = {
  get: read,
  subscribe(listener) {
    listeners.add(listener);
    if (listeners.size === 1) window.addEventListener('storage', onStorage);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) window.removeEventListener('storage', onStorage);
    };
  },
};

export function findPlayground(id: string): OwnedPlayground | undefined {
  return read().find((playground) => playground.id === id);
}

/** What a new playground is given before it is first opened. */
type Beginning = Partial<
  Pick<OwnedPlayground, 'name' | 'memoryMb' | 'fresh' | 'pendingDump' | 'madeOf'>
>;

/** True when it is kept beyond this page; false when the browser refuses storage. */
export function addPlayground(id: string, owner: LinkSecret, beginning: Beginning = {}): boolean {
  const now = Date.now();
  const added = { id, name: '', createdAt: now, openedAt: now, owner, shared: {}, ...beginning };
  return write([added, ...read().filter((playground) => playground.id !== id)]);
}

/** The mark of a playground that nobody has opened yet; from now on it has none. */
export function takeFresh(id: string): FreshMark | undefined {
  const fresh = findPlayground(id)?.fresh;
  if (fresh) change(id, (playground) => ({ ...playground, fresh: undefined }));
  return fresh;
}

/** The data it was made of is in its machine, or gone. */
export function forgetPendingDump(id: string): void {
  if (!findPlayground(id)?.pendingDump) return;
  change(id, (playground) => ({ ...playground, pendingDump: undefined }));
}

export function renamePlayground(id: string, name: string): void {
  change(id, (playground) => ({ ...playground, name }));
}

export function keepMemory(id: string, memoryMb: MemoryMb): void {
  change(id, (playground) => ({ ...playground, memoryMb }));
}

export function keepSharedLink(id: string, role: SharedRole, link: LinkSecret | undefined): void {
  change(id, (playground) => ({
    ...playground,
    shared: { ...playground.shared, [role]: link },
  }));
}

/** Moves it to the top of the list. */
export function touchPlayground(id: string): void {
  const touched = findPlayground(id);
  if (!touched) return;
  const rest = read().filter((playground) => playground.id !== id);
  write([{ ...touched, openedAt: Date.now() }, ...rest]);
}

export function forgetPlayground(id: string): void {
  write(read().filter((playground) => playground.id !== id));
}

function change(id: string, edit: (playground: OwnedPlayground) => OwnedPlayground): void {
  write(read().map((playground) => (playground.id === id ? edit(playground) : playground)));
}

function read(): readonly OwnedPlayground[] {
  let text: string | null;
  try {
    text = localStorage.getItem(KEY);
  } catch {
    return known;
  }
  if (text !== knownText) {
    knownText = text;
    known = decodePlaygrounds(text);
  }
  return known;
}

function write(next: readonly OwnedPlayground[]): boolean {
  const text = encodePlaygrounds(next);
  let kept = true;
  try {
    localStorage.setItem(KEY, text);
    knownText = text;
  } catch {
    kept = false;
  }
  known = next;
  announce();
  return kept;
}

function onStorage(event: StorageEvent): void {
  if (event.key === KEY || event.key === null) announce();
}

function announce(): void {
  for (const listener of [...listeners]) listener();
}
