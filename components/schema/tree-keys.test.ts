import { expect, test } from 'vitest';
import { SHOP } from '../completion/testing/shop';
import { treeMove } from './tree-keys';
import { treeOf, visibleNodes } from './tree-model';

const lines = visibleNodes(treeOf(SHOP), '', new Set(['schema/public/relation/orders']));
const at = (name: string) => lines.findIndex(({ node }) => node.name === name);

function press(name: string, key: string, more: object = {}) {
  const keys = { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more };
  const move = treeMove(lines, at(name), keys);
  return move.kind === 'go' ? lines[move.to]?.node.name : move.kind;
}

test('arrows go, open and close as in any tree', () => {
  expect(press('public', 'ArrowDown')).toBe('customers');
  expect(press('public', 'ArrowUp')).toBe('public');
  expect(press('customers', 'ArrowRight')).toBe('toggle');
  expect(press('orders', 'ArrowRight')).toBe('id');
  expect(press('orders', 'ArrowLeft')).toBe('toggle');
  expect(press('total', 'ArrowLeft')).toBe('orders');
  expect(press('total', 'ArrowRight')).toBe('none');
  expect(press('total', 'Home')).toBe('public');
  expect(press('total', 'End')).toBe('Databases');
});

test('Enter inserts, Shift+Enter previews, Ctrl+C copies, letters jump', () => {
  expect(press('orders', 'Enter')).toBe('insert');
  expect(press('Functions', 'Enter')).toBe('toggle');
  expect(press('orders', 'Enter', { shiftKey: true })).toBe('preview');
  expect(press('total', 'Enter', { shiftKey: true })).toBe('none');
  expect(press('total', 'c', { ctrlKey: true })).toBe('copy');
  expect(press('public', 'w')).toBe('Weird"Table');
  expect(press('audit', 'c')).toBe('customers');
  expect(press('audit', 'x')).toBe('none');
});
