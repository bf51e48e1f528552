import { expect, test } from 'vitest';
import type { Catalogue } from '@/lib/postgres/catalogue/types';
import { SHOP } from '../completion/testing/shop';
import { treeOf, visibleNodes } from './tree-model';

const NONE: ReadonlySet<string> = new Set();
const names = (filter: string, toggled = NONE) =>
  visibleNodes(treeOf(SHOP), filter, toggled).map(({ node, level }) => `${level} ${node.name}`);

test('at first the tables of public are seen', () => {
  expect(names('')).toEqual([
    '1 public',
    '2 customers',
    '2 orders',
    '2 Weird"Table',
    '2 Functions',
    '2 Types',
    '1 audit',
    '1 Databases',
  ]);
});

test('what is toggled opens or closes', () => {
  expect(names('', new Set(['schema/public', 'schema/audit']))).toEqual([
    '1 public',
    '1 audit',
    '2 events',
    '1 Databases',
  ]);
});

test('a filter shows what it finds and the way there', () => {
  expect(names('TOTAL')).toEqual([
    '1 public',
    '2 orders',
    '3 total',
    '2 Functions',
    '3 total_of(customer bigint)',
  ]);
  expect(names('event')).toEqual(['1 audit', '2 events']);
  expect(names('nothing like it')).toEqual([]);
});

test('keys are told on the column, with their target', () => {
  const [schema] = treeOf(SHOP);
  const orders = schema?.children.find(({ name }) => name === 'orders');
  expect(orders?.children[1]?.badges).toEqual([
    { text: 'FK', meaning: 'References customers (id)' },
  ]);
});

test('names are written as SQL needs them', () => {
  const [schema, audit] = treeOf(SHOP);
  const weird = schema?.children.find(({ name }) => name === 'Weird"Table');
  expect(weird?.insert).toBe('"Weird""Table"');
  expect(weird?.preview).toBe('select * from "Weird""Table" limit 50');
  expect(audit?.children[0]?.insert).toBe('audit.events');
});

test('2,000 tables are filtered', () => {
  const relation = SHOP.schemas[0]?.relations[0];
  if (!relation) throw new Error('no relation');
  const relations = Array.from({ length: 2000 }, (_, i) => ({ ...relation, name: `t${i}` }));
  const crowd: Catalogue = {
    ...SHOP,
    schemas: [
      { name: 'public', system: false, comment: undefined, relations, routines: [], types: [] },
    ],
  };
  const tree = treeOf(crowd);
  expect(visibleNodes(tree, 'email', NONE)).toHaveLength(4001);
});
