import type {
  Catalogue,
  CatalogueColumn,
  Key,
  Relation,
  SchemaEntry,
} from '@/lib/postgres/catalogue/types';

function column(name: string, type: string, more: Partial<CatalogueColumn> = {}): CatalogueColumn {
  return {
    name,
    type,
    notNull: false,
    filled: 'by-hand',
    expression: undefined,
    comment: undefined,
    ...more,
  };
}

function relation(
  schema: string,
  name: string,
  columns: CatalogueColumn[],
  more: Partial<Relation> = {},
): Relation {
  return {
    schema,
    name,
    kind: 'table',
    rows: undefined,
    bytes: undefined,
    comment: undefined,
    ofExtension: false,
    columns,
    keys: [],
    indexes: [],
    ...more,
  };
}

const toCustomers: Key = {
  kind: 'foreign',
  name: 'orders_customer_id_fkey',
  columns: ['customer_id'],
  target: { schema: 'public', relation: 'customers', columns: ['id'] },
};

function schema(name: string, more: Partial<SchemaEntry> = {}): SchemaEntry {
  return {
    name,
    system: false,
    comment: undefined,
    relations: [],
    routines: [],
    types: [],
    ...more,
  };
}

/** A small database to complete in. */
export const SHOP: Catalogue = {
  database: 'postgres',
  role: 'owner',
  databases: [],
  extensions: [],
  notes: [],
  schemas: [
    schema('public', {
      relations: [
        relation(
          'public',
          'customers',
          [
            column('id', 'bigint', { notNull: true, filled: 'identity' }),
            column('email', 'text', { notNull: true, comment: 'where they *read*' }),
            column('Full Name', 'text'),
          ],
          {
            rows: 1200,
            comment: 'who buys',
            keys: [{ kind: 'primary', name: 'customers_pkey', columns: ['id'] }],
          },
        ),
        relation(
          'public',
          'orders',
          [
            column('id', 'bigint', { notNull: true }),
            column('customer_id', 'bigint'),
            column('total', 'numeric(10,2)', { filled: 'default', expression: '0' }),
          ],
          { keys: [toCustomers] },
        ),
        relation('public', 'Weird"Table', [column('select', 'integer')]),
      ],
      routines: [
        {
          schema: 'public',
          name: 'total_of',
          kind: 'function',
          parameters: 'customer bigint',
          returns: 'numeric',
          comment: 'adds up',
          ofExtension: false,
        },
      ],
      types: [{ name: 'mood', kind: 'enum', labels: ['sad', 'happy'], ofExtension: false }],
    }),
    schema('audit', { relations: [relation('audit', 'events', [column('at', 'timestamptz')])] }),
  ],
};
