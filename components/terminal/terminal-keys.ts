/** Keys of the page inside a terminal; all others are the program's. */
export type TerminalKey = 'leave' | 'copy' | 'paste' | 'search';

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

const WITH_CTRL_SHIFT: ReadonlyMap<string, TerminalKey> = new Map([
  ['c', 'copy'],
  ['v', 'paste'],
  ['f', 'search'],
]);

/**
 * What a key means here; undefined for the program's own. Tab belongs to the program, so F6 leaves, as it goes on to the next
 * part of a window elsewhere.
 */
export function terminalKey(press: Press): TerminalKey | undefined {
  const { key, ctrlKey, shiftKey, altKey, metaKey } = press;
  if (altKey || metaKey) return undefined;
  if (key === 'F6' && !ctrlKey) return 'leave';
  return ctrlKey && shiftKey ? WITH_CTRL_SHIFT.get(key.toLowerCase()) : undefined;
}
