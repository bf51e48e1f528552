import { COMMANDS, type CommandId, type KeyPlace } from './keymap';

/** What of a keyboard event a stroke is made of. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Two keys pressed within this long are a sequence, as `d d`. */
export const SEQUENCE_MS = 1000;

const MODIFIERS = new Set(['Control', 'Meta', 'Alt', 'Shift']);

/** A key with its modifiers, written as the keymap writes it; undefined for a modifier alone. */
export function strokeOf({
  key,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
}: KeyPress): string | undefined {
  if (MODIFIERS.has(key)) return undefined;
  const letter = /^\p{L}$/u.test(key);
  // Where Shift makes another character, as `?`, the character says it all.
  const shifted = shiftKey && (letter || key.length > 1);
  const name = letter ? (shiftKey ? key.toUpperCase() : key.toLowerCase()) : key;
  const modifiers = [ctrlKey || metaKey ? 'Mod' : '', altKey ? 'Alt' : '', shifted ? 'Shift' : ''];
  return [...modifiers.filter(Boolean), name].join('+');
}

export type KeyMeaning =
  | { readonly kind: 'command'; readonly command: CommandId }
  /** The beginning of a sequence. */
  | { readonly kind: 'begun'; readonly stroke: string }
  | { readonly kind: 'nothing' };

/**
 * What a stroke means at a place.
 * @param begun the stroke before it, when that began a sequence
 */
export function meaningOf(place: KeyPlace, stroke: string, begun: string | undefined): KeyMeaning {
  const bindings = BINDINGS[place];
  const sequence = begun === undefined ? undefined : bindings.get(`${begun} ${stroke}`);
  const command = sequence ?? bindings.get(stroke) ?? BINDINGS.page.get(stroke);
  if (command) return { kind: 'command', command };
  const begins = [...bindings.keys()].some((keys) => keys.startsWith(`${stroke} `));
  return begins ? { kind: 'begun', stroke } : { kind: 'nothing' };
}

const BINDINGS: Readonly<Record<KeyPlace, ReadonlyMap<string, CommandId>>> = {
  editor: bindingsOf('editor'),
  cell: bindingsOf('cell'),
  page: bindingsOf('page'),
};

function bindingsOf(place: KeyPlace): ReadonlyMap<string, CommandId> {
  return new Map(COMMANDS.flatMap(({ id, keys }) => (keys[place] ?? []).map((key) => [key, id])));
}

/** Keys as a person reads them: `Ctrl+Shift+P`, `D, D`, `↑`. */
export function readableKeys(keys: string, mac: boolean): string {
  return keys
    .split(' ')
    .map((stroke) =>
      stroke
        .split('+')
        .map((key) => readableKey(key, mac))
        .join('+'),
    )
    .join(', ');
}

const NAMES: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

function readableKey(key: string, mac: boolean): string {
  if (key === 'Mod') return mac ? '⌘' : 'Ctrl';
  if (key === 'Alt') return mac ? '⌥' : 'Alt';
  return NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}
