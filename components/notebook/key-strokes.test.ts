import { expect, test } from 'vitest';
import { type KeyPress, meaningOf, readableKeys, strokeOf } from './key-strokes';
import { COMMANDS, commandsByGroup, type KeyPlace } from './keymap';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});
const commandAt = (place: KeyPlace, key: string, held?: Partial<KeyPress>, begun?: string) => {
  const stroke = strokeOf(press(key, held));
  const meaning = meaningOf(place, stroke ?? '', begun);
  return meaning.kind === 'command' ? meaning.command : meaning.kind;
};

test('a stroke names its modifiers, and Ctrl is Cmd', () => {
  expect(strokeOf(press('Enter', { ctrlKey: true }))).toBe('Mod+Enter');
  expect(strokeOf(press('Enter', { metaKey: true, shiftKey: true }))).toBe('Mod+Shift+Enter');
  expect(strokeOf(press('ArrowUp', { altKey: true }))).toBe('Alt+ArrowUp');
});

test('letters are told apart by Shift, whatever Caps Lock does; other characters speak for themselves', () => {
  expect(strokeOf(press('Z', { shiftKey: true }))).toBe('Shift+Z');
  expect(strokeOf(press('Z'))).toBe('z');
  expect(strokeOf(press('?', { shiftKey: true }))).toBe('?');
});

test('a modifier alone is no stroke', () => {
  expect(strokeOf(press('Shift', { shiftKey: true }))).toBeUndefined();
});

test('the keys of Jupyter do on a chosen cell what they do there', () => {
  const expected = {
    a: 'add-sql-above',
    b: 'add-sql-below',
    z: 'undo',
    m: 'to-text',
    y: 'to-sql',
    j: 'select-below',
    k: 'select-above',
    Enter: 'edit',
    ArrowUp: 'select-above',
    ArrowDown: 'select-below',
    h: 'help',
  };
  for (const [key, command] of Object.entries(expected)) {
    expect(commandAt('cell', key), key).toBe(command);
  }
  expect(commandAt('cell', 'Z', { shiftKey: true })).toBe('redo');
  expect(commandAt('cell', 'J', { shiftKey: true })).toBe('move-down');
  expect(commandAt('cell', 'Enter', { shiftKey: true })).toBe('run-next');
});

test('d deletes only when it is pressed twice', () => {
  expect(commandAt('cell', 'd')).toBe('begun');
  expect(commandAt('cell', 'd', {}, 'd')).toBe('delete');
  expect(commandAt('cell', 'a', {}, 'd')).toBe('add-sql-above');
});

test('letters are typed in an editor; runs, Escape and the palette work in it', () => {
  for (const key of ['a', 'b', 'd', 'j', 'Enter', '?']) {
    expect(commandAt('editor', key), key).toBe('nothing');
  }
  expect(commandAt('editor', 'Enter', { ctrlKey: true })).toBe('run');
  expect(commandAt('editor', 'Enter', { altKey: true })).toBe('run-insert');
  expect(commandAt('editor', 'Enter', { ctrlKey: true, shiftKey: true })).toBe('run-statement');
  expect(commandAt('editor', 'Escape')).toBe('leave-editor');
  expect(commandAt('editor', 'k', { metaKey: true })).toBe('palette');
});

test('no key means two things at one place, and none begins a sequence that is a key itself', () => {
  for (const place of ['editor', 'cell', 'page'] as const) {
    const keys = COMMANDS.flatMap((command) => command.keys[place] ?? []);
    expect(new Set(keys).size, place).toBe(keys.length);
    const firsts = keys.filter((key) => key.includes(' ')).map((key) => key.split(' ')[0]);
    for (const first of firsts) expect(keys).not.toContain(first);
  }
});

test('keys are shown as they stand on the keyboard', () => {
  expect(readableKeys('Mod+Shift+P', false)).toBe('Ctrl+Shift+P');
  expect(readableKeys('Mod+k', true)).toBe('⌘+K');
  expect(readableKeys('d d', false)).toBe('D, D');
  expect(readableKeys('Alt+ArrowUp', false)).toBe('Alt+↑');
});

test('every command stands under one heading', () => {
  const grouped = commandsByGroup(COMMANDS).flatMap(([, commands]) => commands);
  expect(grouped).toHaveLength(COMMANDS.length);
});
