import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the process counts. One registry for each relay, so that two in one process do not mix. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    rejects: new Counter({
      name: 'warren_rejects_total',
      help: 'What was refused, by where (http, websocket, mux, postgres, notebook) and by the code of the error.',
      labelNames: ['at', 'code'] as const,
      registers,
    }),
    httpRequests: new Counter({
      name: 'warren_http_requests_total',
      help: 'Requests answered by the relay itself, by route and status.',
      labelNames: ['method', 'route', 'status'] as const,
      registers,
    }),
    httpSeconds: new Histogram({
      name: 'warren_http_request_seconds',
      help: 'Time from a request to the end of its answer, by route.',
      labelNames: ['route'] as const,
      buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
      registers,
    }),
    tickets: new Counter({
      name: 'warren_tickets_total',
      help: 'Tickets issued and used, by whom they are for.',
      labelNames: ['event', 'as'] as const,
      registers,
    }),
    tunnels: new Gauge({
      name: 'warren_tunnels',
      help: 'Open WebSockets of hosts and of peers.',
      labelNames: ['as'] as const,
      registers,
    }),
    tunnelsClosed: new Counter({
      name: 'warren_tunnels_closed_total',
      help: 'WebSockets that ended, by the reason.',
      labelNames: ['as', 'reason'] as const,
      registers,
    }),
    tunnelBytes: new Counter({
      name: 'warren_tunnel_bytes_total',
      help: 'Bytes of mux frames, as seen from the relay.',
      labelNames: ['as', 'direction'] as const,
      registers,
    }),
    sessions: new Gauge({
      name: 'warren_sessions',
      help: 'Sessions joined to a host, by where they came in.',
      labelNames: ['via'] as const,
      registers,
    }),
    sessionsOpened: new Counter({
      name: 'warren_sessions_opened_total',
      help: 'Sessions joined to a host since the start, by where they came in and role.',
      labelNames: ['via', 'role'] as const,
      registers,
    }),
    pgConnections: new Gauge({
      name: 'warren_postgres_connections',
      help: 'TCP connections on the Postgres port.',
      registers,
    }),
    sessionBytes: new Counter({
      name: 'warren_session_bytes_total',
      help: 'Bytes of the Postgres protocol passed on, by where the session came in.',
      labelNames: ['via', 'direction'] as const,
      registers,
    }),
    cancels: new Counter({
      name: 'warren_cancels_total',
      help: 'CancelRequests, by outcome.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    notebookConnections: new Gauge({
      name: 'warren_notebook_connections',
      help: 'Open WebSockets to notebooks, by role.',
      labelNames: ['role'] as const,
      registers,
    }),
    notebookRooms: new Gauge({
      name: 'warren_notebook_rooms',
      help: 'Notebooks in memory.',
      registers,
    }),
    notebookClosed: new Counter({
      name: 'warren_notebook_closed_total',
      help: 'WebSockets to notebooks that ended, by close code.',
      labelNames: ['code'] as const,
      registers,
    }),
    notebookUpdates: new Counter({
      name: 'warren_notebook_updates_total',
      help: 'Updates received that changed a document.',
      registers,
    }),
    notebookStoredBytes: new Counter({
      name: 'warren_notebook_stored_bytes_total',
      help: 'Bytes of updates appended to the database.',
      registers,
    }),
    notebookStoreSeconds: new Histogram({
      name: 'warren_notebook_store_seconds',
      help: 'Time of one append, from its statement to its answer; failures too.',
      labelNames: ['outcome'] as const,
      buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
      registers,
    }),
    notebookCompactions: new Counter({
      name: 'warren_notebook_compactions_total',
      help: 'Compactions, by outcome.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    notebookVersions: new Counter({
      name: 'warren_notebook_versions_total',
      help: 'Versions made, by kind.',
      labelNames: ['kind'] as const,
      registers,
    }),
    snapshots: new Gauge({
      name: 'warren_snapshots',
      help: 'Snapshots kept: finished, not deleted, not swept yet.',
      registers,
    }),
    snapshotBytes: new Gauge({
      name: 'warren_snapshot_bytes',
      help: 'Bytes of the snapshots kept.',
      registers,
    }),
    snapshotEvents: new Counter({
      name: 'warren_snapshot_events_total',
      help: 'Snapshots created, finished, opened, deleted, expired, given-up (never finished), orphaned (objects without a row).',
      labelNames: ['event'] as const,
      registers,
    }),
    snapshotBytesPassed: new Counter({
      name: 'warren_snapshot_transfer_bytes_total',
      help: 'Bytes of chunks taken in and given out.',
      labelNames: ['direction'] as const,
      registers,
    }),
    authFailures: new Counter({
      name: 'warren_auth_failures_total',
      help: 'Secrets that did not fit, by where they were shown.',
      labelNames: ['at'] as const,
      registers,
    }),
  };
}
