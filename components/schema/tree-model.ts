import { quoteIdentifier, quoteQualified } from '@/lib/postgres/catalogue/quote-identifier';
import type { Catalogue, Relation, SchemaEntry } from '@/lib/postgres/catalogue/types';
import { formatBytes, formatCount } from '../ui/format';

export type NodeKind =
  | 'schema'
  | 'table'
  | 'view'
  | 'column'
  | 'index'
  | 'function'
  | 'type'
  | 'extension'
  | 'database'
  | 'folder';

/** One thing in the tree. */
export interface TreeNode {
  /** The same for the same thing in the next reading. */
  readonly id: string;
  readonly kind: NodeKind;
  /** Its name, as it is. */
  readonly name: string;
  /** Set to the right of it: a type, a size. */
  readonly detail: string;
  /** Short words beside the name, with what they mean. */
  readonly badges: readonly { readonly text: string; readonly meaning: string }[];
  readonly comment: string | undefined;
  /** What a click writes into the cell. */
  readonly insert: string | undefined;
  /** A query that shows its first rows. */
  readonly preview: string | undefined;
  /** Of a schema with tables: its diagram can be drawn. */
  readonly diagram: string | undefined;
  readonly children: readonly TreeNode[];
}

/** A node as it stands in the list of what can be seen. */
export interface VisibleNode {
  readonly node: TreeNode;
  /** From 1. */
  readonly level: number;
  readonly expanded: boolean;
  readonly position: number;
  readonly siblings: number;
  readonly parent: string | undefined;
}

/** Rows of a preview. */
const PREVIEW_ROWS = 50;

function node(kind: NodeKind, id: string, name: string, more: Partial<TreeNode> = {}): TreeNode {
  return {
    id,
    kind,
    name,
    detail: '',
    badges: [],
    comment: undefined,
    insert: undefined,
    preview: undefined,
    diagram: undefined,
    children: [],
    ...more,
  };
}

/** The whole tree; made once a reading. */
export function treeOf(catalogue: Catalogue): TreeNode[] {
  const roots = catalogue.schemas.map(schemaNode);
  if (catalogue.extensions.length > 0) {
    const children = catalogue.extensions.map(({ name, version, comment }) =>
      node('extension', `extension/${name}`, name, {
        detail: version,
        comment,
        insert: quoteIdentifier(name),
      }),
    );
    roots.push(folder('extensions', 'Extensions', children));
  }
  const databases = catalogue.databases.map(({ name, bytes }) =>
    node('database', `database/${name}`, name, {
      detail: bytes === undefined ? 'template' : formatBytes(bytes),
      badges: name === catalogue.database ? [{ text: 'here', meaning: 'This database' }] : [],
      insert: quoteIdentifier(name),
    }),
  );
  roots.push(folder('databases', 'Databases', databases));
  return roots;
}

function folder(id: string, name: string, children: readonly TreeNode[]): TreeNode {
  return node('folder', id, name, { detail: formatCount(children.length), children });
}

function schemaNode(schema: SchemaEntry): TreeNode {
  const id = `schema/${schema.name}`;
  // What an extension brought is found by completion; in the tree it would bury what people made.
  const routines = schema.routines.filter(({ ofExtension }) => !ofExtension);
  const types = schema.types.filter(({ ofExtension }) => !ofExtension);
  const children = schema.relations.map(relationNode);
  if (routines.length > 0) {
    const made = routines.map(({ name, parameters, returns, comment }) =>
      node('function', `${id}/function/${name}(${parameters})`, `${name}(${parameters})`, {
        detail: returns,
        comment,
        insert: `${quoteQualified(schema.name, name)}()`,
      }),
    );
    children.push(folder(`${id}/functions`, 'Functions', made));
  }
  if (types.length > 0) {
    const made = types.map(({ name, kind, labels }) =>
      node('type', `${id}/type/${name}`, name, {
        detail: labels.length > 0 ? labels.join(', ') : kind,
        insert: quoteQualified(schema.name, name),
      }),
    );
    children.push(folder(`${id}/types`, 'Types', made));
  }
  return node('schema', id, schema.name, {
    detail: formatCount(schema.relations.length),
    comment: schema.comment,
    insert: quoteIdentifier(schema.name),
    diagram: schema.relations.length > 0 ? schema.name : undefined,
    children,
  });
}

const KIND_BADGES: Partial<Record<Relation['kind'], { text: string; meaning: string }>> = {
  view: { text: 'view', meaning: 'View' },
  materialised: { text: 'mat. view', meaning: 'Materialized view' },
  partitioned: { text: 'partitioned', meaning: 'Partitioned table' },
  partition: { text: 'partition', meaning: 'Partition of a table' },
  foreign: { text: 'foreign', meaning: 'Foreign table' },
};

function relationNode(relation: Relation): TreeNode {
  const { schema, name, kind, rows, bytes, comment, indexes } = relation;
  const id = `schema/${schema}/relation/${name}`;
  const written = quoteQualified(schema, name);
  const badge = KIND_BADGES[kind];
  const facts = [
    ...(rows === undefined ? [] : [`~${formatCount(rows)}`]),
    ...(bytes === undefined ? [] : [formatBytes(bytes)]),
  ];
  const children = relation.columns.map((column) =>
    node('column', `${id}/column/${column.name}`, column.name, {
      detail: `${column.type}${column.notNull ? ' not null' : ''}`,
      badges: keyBadges(relation, column.name),
      comment:
        [column.comment, column.expression && `${FILLED[column.filled]} ${column.expression}`]
          .filter(Boolean)
          .join('\n') || undefined,
      insert: quoteIdentifier(column.name),
    }),
  );
  if (indexes.length > 0) {
    const made = indexes.map((index) =>
      node('index', `${id}/index/${index.name}`, index.name, {
        badges: index.unique ? [{ text: 'unique', meaning: 'Unique index' }] : [],
        comment: index.definition,
        insert: quoteIdentifier(index.name),
      }),
    );
    children.push(folder(`${id}/indexes`, 'Indexes', made));
  }
  return node(kind === 'view' || kind === 'materialised' ? 'view' : 'table', id, name, {
    detail: facts.join(' · '),
    badges: badge ? [badge] : [],
    comment,
    insert: written,
    preview: `select * from ${written} limit ${PREVIEW_ROWS}`,
    children,
  });
}

const FILLED = { 'by-hand': '', default: 'Default:', identity: '', generated: 'Computed as' };

function keyBadges({ keys }: Relation, column: string): TreeNode['badges'] {
  return keys.flatMap((key) => {
    if (!key.columns.includes(column)) return [];
    if (key.kind !== 'foreign') {
      const primary = key.kind === 'primary';
      return [
        primary ? { text: 'PK', meaning: 'Primary key' } : { text: 'unique', meaning: 'Unique' },
      ];
    }
    const { schema, relation, columns } = key.target;
    const target = `${quoteQualified(schema, relation)} (${columns.map(quoteIdentifier).join(', ')})`;
    return [{ text: 'FK', meaning: `References ${target}` }];
  });
}

/** What stands in the tree at first: the tables of `public`. */
function expandedAtFirst(id: string): boolean {
  return id === 'schema/public';
}

/**
 * The lines of the tree, from above. While there is a filter, only what it finds and what leads there is seen.
 * @param toggled the nodes that stand otherwise than at first
 */
export function visibleNodes(
  roots: readonly TreeNode[],
  filter: string,
  toggled: ReadonlySet<string>,
): VisibleNode[] {
  const needle = filter.trim().toLowerCase();
  const lines: VisibleNode[] = [];
  const walk = (nodes: readonly TreeNode[], level: number, parent: string | undefined) => {
    nodes.forEach((entry, index) => {
      const open = needle === '' ? expandedAtFirst(entry.id) : leadsToMatch(entry, needle);
      const expanded = entry.children.length > 0 && open !== toggled.has(entry.id);
      lines.push({
        node: entry,
        level,
        expanded,
        position: index + 1,
        siblings: nodes.length,
        parent,
      });
      if (expanded) walk(entry.children, level + 1, entry.id);
    });
  };
  walk(needle === '' ? roots : roots.flatMap((root) => filtered(root, needle)), 1, undefined);
  return lines;
}

function matches({ kind, name }: TreeNode, needle: string): boolean {
  return kind !== 'folder' && name.toLowerCase().includes(needle);
}

function leadsToMatch(entry: TreeNode, needle: string): boolean {
  return entry.children.some((child) => matches(child, needle) || leadsToMatch(child, needle));
}

/** The node with those of its children that lead to something; all of them when it is found itself. */
function filtered(entry: TreeNode, needle: string): TreeNode[] {
  const children = entry.children.flatMap((child) => filtered(child, needle));
  if (children.length > 0) return [{ ...entry, children }];
  return matches(entry, needle) ? [entry] : [];
}
