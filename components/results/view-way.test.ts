import { expect, test } from 'vitest';
import { columnOf } from './column';
import { choiceOf, wayOf, waysOf } from './view-way';

const PLAN = { text: 'x', plan: { roots: [], notes: [] } };

test('a plan is a tree unless the cell keeps another way', () => {
  expect(wayOf(undefined, PLAN)).toBe('tree');
  expect(wayOf({ kind: 'plan', as: 'text' }, PLAN)).toBe('text');
  expect(wayOf({ kind: 'grid' }, PLAN)).toBe('grid');
  expect(wayOf({ kind: 'chart', chart: 'bar', x: 'a', y: [] }, PLAN)).toBe('tree');
});

test('a plan that cannot be read is text', () => {
  expect(waysOf({ text: 'x' })).toEqual(['text', 'grid']);
  expect(wayOf({ kind: 'plan', as: 'tree' }, { text: 'x' })).toBe('text');
});

test('rows are a grid or a chart', () => {
  expect(wayOf(undefined, undefined)).toBe('grid');
  expect(wayOf({ kind: 'plan', as: 'tree' }, undefined)).toBe('grid');
  const choice = choiceOf('chart', [columnOf('city', 'text', 25), columnOf('n', 'bigint', 20)]);
  expect(choice).toEqual({ kind: 'chart', chart: 'bar', x: 'city', y: ['n'] });
  expect(wayOf(choice, undefined)).toBe('chart');
});
