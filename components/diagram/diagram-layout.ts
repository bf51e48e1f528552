import { Graph, layout } from '@dagrejs/dagre';
import type { Relation, SchemaEntry } from '@/lib/postgres/catalogue/types';
import { fitText, textWidth } from './text-width';

/** More tables make a picture that nobody reads and a layout that holds the page. */
export const MAX_TABLES = 200;
/** Columns of one table; the rest is counted. */
const MAX_ROWS = 30;

/** In pixels, at a zoom of 1. */
export const ROW_HEIGHT = 20;
export const HEADER_HEIGHT = 28;
export const PADDING = 10;
const MIN_WIDTH = 140;
const MAX_WIDTH = 420;
const GAP_BETWEEN_COLUMNS = 16;
const NODE_GAP = 28;
const RANK_GAP = 90;
const GRID_GAP = 32;
/** Tables without keys stand in a grid at least this wide, so that ten of them are no tower. */
const MIN_GRID_WIDTH = 1100;

export interface DiagramRow {
  readonly name: string;
  readonly type: string;
  /** `PK`, `FK` or both. */
  readonly badge: string;
}

export interface DiagramTable {
  readonly id: string;
  readonly name: string;
  readonly kind: Relation['kind'];
  readonly rows: readonly DiagramRow[];
  /** Columns that are not shown. */
  readonly more: number;
  /** Of the upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface DiagramEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** What the key says, e.g. `orders (customer_id) → customers (id)`. */
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface DiagramLayout {
  readonly tables: readonly DiagramTable[];
  readonly edges: readonly DiagramEdge[];
  readonly width: number;
  readonly height: number;
  /** Tables left out beyond `MAX_TABLES`. */
  readonly leftOut: number;
}

type Box = Omit<DiagramTable, 'x' | 'y'>;

/** Places a schema's tables so that keys point from left to right, tables without keys below. Views are left out. */
export function layOut(schema: SchemaEntry): DiagramLayout {
  const all = schema.relations.filter(({ kind }) => kind !== 'view' && kind !== 'partition');
  // Tables with keys say more.
  const chosen = [...all].sort((a, b) => weight(b) - weight(a)).slice(0, MAX_TABLES);
  const names = new Set(chosen.map(({ name }) => name));
  const boxes = new Map(chosen.map((relation) => [relation.name, boxOf(relation)]));
  const links = chosen.flatMap((relation) => linksOf(relation, schema.name, names));
  const linked = new Set(links.flatMap(({ from, to }) => [from, to]));
  const { tables, edges, width, height } = placeLinked(boxes, links, linked);
  const lone = [...boxes.values()].filter(({ id }) => !linked.has(id));
  const top = tables.length > 0 ? height + GRID_GAP * 2 : 0;
  const grid = placeInGrid(lone, top, Math.max(width, MIN_GRID_WIDTH));
  return {
    tables: [...tables, ...grid.tables],
    edges,
    width: Math.max(width, grid.width),
    height: Math.max(height, grid.height),
    leftOut: all.length - chosen.length,
  };
}

function weight({ keys }: Relation): number {
  return keys.filter(({ kind }) => kind === 'foreign').length;
}

function boxOf(relation: Relation): Box {
  const rows = relation.columns.slice(0, MAX_ROWS).map(({ name, type }) => ({
    name: fitText(name, 28),
    type: fitText(type, 26),
    badge: badgeOf(relation, name),
  }));
  const more = relation.columns.length - rows.length;
  const widest = Math.max(
    textWidth(relation.name),
    ...rows.map(
      ({ name, type, badge }) =>
        textWidth(name) + textWidth(type) + textWidth(badge) + 2 * GAP_BETWEEN_COLUMNS,
    ),
  );
  return {
    id: relation.name,
    name: fitText(relation.name, 50),
    kind: relation.kind,
    rows,
    more,
    width: Math.ceil(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, widest + 2 * PADDING))),
    height: HEADER_HEIGHT + (rows.length + (more > 0 ? 1 : 0)) * ROW_HEIGHT + PADDING / 2,
  };
}

function badgeOf({ keys }: Relation, column: string): string {
  const kinds = keys.filter(({ columns }) => columns.includes(column)).map(({ kind }) => kind);
  const badges = [kinds.includes('primary') ? 'PK' : '', kinds.includes('foreign') ? 'FK' : ''];
  return badges.filter((badge) => badge !== '').join(' ');
}

type Link = Omit<DiagramEdge, 'points'>;

function linksOf(relation: Relation, schema: string, names: ReadonlySet<string>): Link[] {
  return relation.keys.flatMap((key) => {
    if (key.kind !== 'foreign') return [];
    const { target } = key;
    if (target.schema !== schema || !names.has(target.relation)) return [];
    const label = `${relation.name} (${key.columns.join(', ')}) → ${target.relation} (${target.columns.join(', ')})`;
    return [
      { id: `${relation.name} ${key.name}`, from: relation.name, to: target.relation, label },
    ];
  });
}

function placeLinked(
  boxes: ReadonlyMap<string, Box>,
  links: readonly Link[],
  linked: ReadonlySet<string>,
): Omit<DiagramLayout, 'leftOut'> {
  const nothing = { tables: [], edges: [], width: 0, height: 0 };
  if (linked.size === 0) return nothing;
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: NODE_GAP, ranksep: RANK_GAP, edgesep: 14 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const name of linked) {
    const box = boxes.get(name);
    if (box) graph.setNode(keyOf(name), { width: box.width, height: box.height });
  }
  for (const { id, from, to } of links) graph.setEdge(keyOf(from), keyOf(to), {}, id);
  layout(graph);
  const tables = [...linked].flatMap((name) => {
    const box = boxes.get(name);
    const { x = 0, y = 0 } = graph.node(keyOf(name));
    return box ? [{ ...box, x: x - box.width / 2, y: y - box.height / 2 }] : [];
  });
  const edges = links.map((link) => ({
    ...link,
    points: graph.edge(keyOf(link.from), keyOf(link.to), link.id).points ?? [],
  }));
  const right = Math.max(...tables.map(({ x, width }) => x + width));
  const bottom = Math.max(...tables.map(({ y, height }) => y + height));
  return { tables, edges, width: right, height: bottom };
}

/** The graph keeps its nodes in plain objects, and a table may be called `__proto__`. */
function keyOf(name: string): string {
  return `table ${name}`;
}

/** In rows from left to right, as text is set. */
function placeInGrid(
  boxes: readonly Box[],
  top: number,
  limit: number,
): { tables: DiagramTable[]; width: number; height: number } {
  const tables: DiagramTable[] = [];
  let [x, y, rowHeight, width] = [0, top, 0, 0];
  for (const box of boxes) {
    if (x > 0 && x + box.width > limit) {
      x = 0;
      y += rowHeight + GRID_GAP;
      rowHeight = 0;
    }
    tables.push({ ...box, x, y });
    width = Math.max(width, x + box.width);
    x += box.width + GRID_GAP;
    rowHeight = Math.max(rowHeight, box.height);
  }
  return { tables, width, height: boxes.length > 0 ? y + rowHeight : 0 };
}
