import { expect, test } from 'vitest';
import type { Key, Relation, SchemaEntry } from '@/lib/postgres/catalogue/types';
import { SHOP } from '../completion/testing/shop';
import { layOut, MAX_TABLES } from './diagram-layout';
import { diagramSvg } from './diagram-svg';

const [shop] = SHOP.schemas;
if (!shop) throw new Error('no schema');
const [template] = shop.relations;
if (!template) throw new Error('no table');

function schemaOf(relations: Relation[]): SchemaEntry {
  return { name: 'public', system: false, comment: undefined, relations, routines: [], types: [] };
}

function pointing(to: string): Key {
  const target = { schema: 'public', relation: to, columns: ['id'] };
  return { kind: 'foreign', name: `to ${to}`, columns: ['id'], target };
}

/** True when no two of the boxes share a point. */
function apart(boxes: ReturnType<typeof layOut>['tables']): boolean {
  return boxes.every((a, i) =>
    boxes
      .slice(i + 1)
      .every(
        (b) =>
          a.x + a.width <= b.x ||
          b.x + b.width <= a.x ||
          a.y + a.height <= b.y ||
          b.y + b.height <= a.y,
      ),
  );
}

test('tables are placed apart from each other, keys become edges', () => {
  const { tables, edges, width, height } = layOut(shop);
  expect(tables.map(({ id }) => id).sort()).toEqual(['Weird"Table', 'customers', 'orders']);
  expect(edges).toHaveLength(1);
  expect(edges[0]?.label).toBe('orders (customer_id) → customers (id)');
  expect(apart(tables)).toBe(true);
  for (const table of tables) {
    expect(table.x).toBeGreaterThanOrEqual(-1);
    expect(table.x + table.width).toBeLessThanOrEqual(width + 1);
    expect(table.y + table.height).toBeLessThanOrEqual(height + 1);
  }
  const customers = tables.find(({ id }) => id === 'customers');
  expect(customers?.rows[0]).toEqual({ name: 'id', type: 'bigint', badge: 'PK' });
});

test('a table that refers to itself, circles and doubled keys are drawn', () => {
  const relations = ['a', 'b'].map((name) => ({
    ...template,
    name,
    keys: [pointing('a'), pointing('b'), { ...pointing('a'), name: 'again' }],
  }));
  const { edges, tables } = layOut(schemaOf(relations));
  expect(edges).toHaveLength(6);
  expect(edges.every(({ points }) => points.length > 1)).toBe(true);
  expect(apart(tables)).toBe(true);
});

test('more tables than a picture holds are counted; those with keys stay', () => {
  const many = Array.from({ length: MAX_TABLES + 50 }, (_, i) => ({
    ...template,
    name: `t${i}`,
    keys: i >= MAX_TABLES ? [pointing('t210')] : [],
  }));
  const made = layOut(schemaOf(many));
  expect(made.tables).toHaveLength(MAX_TABLES);
  expect(made.leftOut).toBe(50);
  expect(made.tables.some(({ id }) => id === 't249')).toBe(true);
});

test('nothing makes an empty picture', () => {
  expect(layOut(schemaOf([]))).toEqual({ tables: [], edges: [], width: 0, height: 0, leftOut: 0 });
});

test('names of any kind are text in the SVG', () => {
  const hostile = '</text><script>alert("1")</script>\u0001&\ud800';
  const svg = diagramSvg(
    layOut(schemaOf([{ ...template, name: hostile, keys: [pointing(hostile)] }])),
    hostile,
    'dark',
  );
  expect(svg).not.toContain('<script');
  expect(svg).not.toContain('\u0001');
  expect(svg).toContain('&lt;script&gt;');
  expect(svg).not.toContain('\ud800');
  expect(svg).not.toMatch(/(?:href|src|url\((?!#arrow))/);
});

test('a long table shows its first columns and counts the rest', () => {
  const [column] = template.columns;
  if (!column) throw new Error('no column');
  const columns = Array.from({ length: 100 }, (_, i) => ({ ...column, name: `c${i}` }));
  const [table] = layOut(schemaOf([{ ...template, columns }])).tables;
  expect(table?.rows).toHaveLength(30);
  expect(table?.more).toBe(70);
  expect(diagramSvg(layOut(schemaOf([{ ...template, columns }])), 'x', 'light')).toContain(
    '>70 more<',
  );
});

test('a table may be called as objects of JavaScript are', () => {
  const relations = ['__proto__', 'constructor'].map((name) => ({
    ...template,
    name,
    keys: [pointing('__proto__')],
  }));
  expect(layOut(schemaOf(relations)).edges).toHaveLength(2);
});
