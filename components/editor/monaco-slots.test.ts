import { expect, test } from 'vitest';
import { MONACO_SLOTS, MonacoSlots } from './monaco-slots';

/** A page whose idle moments come when the test says so. */
function makePage() {
  const idle: (() => void)[] = [];
  const slots = new MonacoSlots((then) => idle.push(then));
  const held = new Set<number>();
  const join = (name: number) =>
    slots.join((granted) => (granted ? held.add(name) : held.delete(name)));
  return {
    slots,
    held,
    join,
    idleOnce: () => idle.shift()?.(),
    idleOut: () => {
      for (let i = 0; i < 1000 && idle.length > 0; i++) idle.shift()?.();
    },
  };
}

test('nothing is given before the page is calm, and then one editor an idle moment', () => {
  const page = makePage();
  for (const name of [0, 1, 2]) page.join(name).setNear(true);
  page.idleOut();
  expect(page.held.size).toBe(0);
  page.slots.begin();
  page.idleOnce();
  expect(page.held.size).toBe(1);
  page.idleOut();
  expect(page.held).toEqual(new Set([0, 1, 2]));
});

test('two hundred cells never hold more than a dozen, wherever one scrolls', () => {
  const page = makePage();
  page.slots.begin();
  const cells = Array.from({ length: 200 }, (_, name) => page.join(name));
  for (let top = 0; top < 195; top += 5) {
    cells.forEach((cell, name) => {
      cell.setNear(name >= top && name < top + 5);
    });
    page.idleOut();
    expect(page.held.size).toBeLessThanOrEqual(MONACO_SLOTS);
    for (let name = top; name < top + 5; name++) expect(page.held).toContain(name);
  }
});

test('what has the focus is served first, and never loses its editor', () => {
  const page = makePage();
  page.slots.begin();
  const cells = Array.from({ length: 30 }, (_, name) => page.join(name));
  for (const cell of cells) cell.setNear(true);
  cells[25]?.setFocused(true);
  page.idleOnce();
  expect(page.held).toEqual(new Set([25]));
  page.idleOut();
  expect(page.held.size).toBe(MONACO_SLOTS);
  cells[25]?.setNear(false);
  for (const cell of cells.slice(0, 20)) cell.setNear(false);
  page.idleOut();
  expect(page.held).toContain(25);
});

test('a cell that is gone gives its editor back', () => {
  const page = makePage();
  page.slots.begin();
  const cells = Array.from({ length: MONACO_SLOTS + 1 }, (_, name) => page.join(name));
  for (const cell of cells) cell.setNear(true);
  page.idleOut();
  expect(page.held).not.toContain(MONACO_SLOTS);
  cells[0]?.leave();
  page.idleOut();
  expect(page.held).toContain(MONACO_SLOTS);
});
