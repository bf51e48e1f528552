/** Everything that is measured, in the order of the report's columns. */
export const SUBJECTS = {
  'warren-page': 'Warren, in the page',
  'warren-peer': 'Warren, peer page over the relay',
  'warren-port': 'Warren, node-postgres over TLS',
  'pglite-prepopulated': 'PGlite, prepopulated',
  pglite: 'PGlite, in memory',
  pgmock: 'pgmock, node-postgres',
  'state-gzip': 'gzip of the whole state',
  'relay-port': 'relay → Postgres port',
  'relay-port-tls': 'relay → Postgres port, TLS',
  'relay-peer': 'relay → peer WebSocket',
  'tcp-proxy': 'plain TCP proxy in Node',
  'notebook-one': '300 people in one notebook, 10 type',
  'notebook-many': '1,000 people in 100 notebooks, 100 type',
} as const;

export type Subject = keyof typeof SUBJECTS;

/** The families `--subjects` chooses among. */
export const FAMILIES = ['warren', 'pglite', 'pgmock'] as const;
export type Family = (typeof FAMILIES)[number];
