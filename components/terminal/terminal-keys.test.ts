import { expect, test } from 'vitest';
import { terminalKey } from './terminal-keys';

const PLAIN = { ctrlKey: false, shiftKey: false, altKey: false, metaKey: false };
const CTRL_SHIFT = { ...PLAIN, ctrlKey: true, shiftKey: true };

test('the page has few keys in a terminal', () => {
  expect(terminalKey({ ...PLAIN, key: 'F6' })).toBe('leave');
  expect(terminalKey({ ...CTRL_SHIFT, key: 'C' })).toBe('copy');
  expect(terminalKey({ ...CTRL_SHIFT, key: 'v' })).toBe('paste');
  expect(terminalKey({ ...CTRL_SHIFT, key: 'F' })).toBe('search');
});

test('the others are the program’s', () => {
  for (const key of ['Tab', 'Escape', 'Enter', 'c', 'F5', 'ArrowUp']) {
    expect(terminalKey({ ...PLAIN, key })).toBeUndefined();
  }
  for (const key of ['c', 'v', 'f', 'd', 'r', 'k', 'F6']) {
    expect(terminalKey({ ...PLAIN, ctrlKey: true, key })).toBeUndefined();
  }
  expect(terminalKey({ ...CTRL_SHIFT, altKey: true, key: 'C' })).toBeUndefined();
  expect(terminalKey({ ...CTRL_SHIFT, key: 'constructor' })).toBeUndefined();
});
