export interface Metric {
  readonly part: PartName;
  readonly title: string;
  readonly unit: 'ms' | 'MB' | 'MB/s' | '1/s' | '%';
  readonly better: 'lower' | 'higher';
}

/** The parts, in the order in which they run. */
export const PARTS = {
  start: 'Start: page opened → first result on the page',
  queries: 'Queries',
  responsive: 'The page while a query runs',
  relay: 'The relay alone, without an emulator',
  notebook: 'Notebooks: many people write and read',
  page: 'A long notebook and a large grid in the page',
  keep: 'The machine kept and carried',
} as const;
export type PartName = keyof typeof PARTS;

/** Every figure there is, in the order of the report's rows. MB is 10⁶ bytes. */
export const METRICS = {
  'start.cold': metric('start', 'cold: empty cache', 'ms', 'lower'),
  'start.warm': metric('start', 'warm: opened before', 'ms', 'lower'),
  'start.usable': metric('start', 'cold: the editor takes text', 'ms', 'lower'),
  'start.coldBytes': metric('start', 'transferred, cold', 'MB', 'lower'),
  'start.warmBytes': metric('start', 'transferred, warm', 'MB', 'lower'),
  'start.longestTask': metric(
    'start',
    'longest task of the main thread, cold (0: none over 50 ms)',
    'ms',
    'lower',
  ),

  'select1.p50': metric('queries', '`select 1`, p50', 'ms', 'lower'),
  'select1.p99': metric('queries', '`select 1`, p99', 'ms', 'lower'),
  pointSelect: metric('queries', 'parametrised point selects, 100,000 rows', '1/s', 'higher'),
  insert: metric('queries', 'parametrised inserts, each its own transaction', '1/s', 'higher'),
  copyIn: metric('queries', 'COPY in', 'MB/s', 'higher'),
  copyOut: metric('queries', 'COPY out', 'MB/s', 'higher'),
  resultOut: metric('queries', 'result of rows of 1 kB', 'MB/s', 'higher'),
  'value1.in': metric('queries', '1 MB parameter in', 'ms', 'lower'),
  'value1.out': metric('queries', '1 MB value out', 'ms', 'lower'),
  count: metric('queries', '`count(*)` over generate_series(1, 1e6)', 'ms', 'lower'),
  sum: metric('queries', '`sum` over 300,000 rows', 'ms', 'lower'),
  'value16.in': metric('queries', '16 MB parameter in', 'ms', 'lower'),
  'value16.out': metric('queries', '16 MB value out', 'ms', 'lower'),
  'memory.ready': metric('queries', 'memory (PSS) when ready', 'MB', 'lower'),
  'memory.after': metric('queries', 'memory (PSS) after all of it', 'MB', 'lower'),

  'responsive.longestTask': metric(
    'responsive',
    'longest task of the main thread (0: none over 50 ms)',
    'ms',
    'lower',
  ),

  'relay.down': metric('relay', 'one tunnel, host → client', 'MB/s', 'higher'),
  'relay.up': metric('relay', 'one tunnel, client → host', 'MB/s', 'higher'),
  'relay.echo.p50': metric('relay', '100-byte echo beside the bulk, p50', 'ms', 'lower'),
  'relay.echo.p99': metric('relay', '100-byte echo beside the bulk, p99', 'ms', 'lower'),
  'relay.idle': metric('relay', 'growth with 1,000 idle tunnels (RSS)', 'MB', 'lower'),
  'relay.stalled': metric('relay', 'growth while a reader has stopped (RSS)', 'MB', 'lower'),
  'relay.stalledBytes': metric('relay', 'taken from the source for it', 'MB', 'lower'),

  'notebook.p50': metric('notebook', 'keystroke → another document, p50', 'ms', 'lower'),
  'notebook.p99': metric('notebook', 'keystroke → another document, p99', 'ms', 'lower'),
  'notebook.max': metric('notebook', 'keystroke → another document, slowest', 'ms', 'lower'),
  'notebook.provider.p99': metric(
    'notebook',
    'of these, with y-websocket’s own provider, p99',
    'ms',
    'lower',
  ),
  'notebook.lost': metric('notebook', 'keystrokes that did not come', '%', 'lower'),
  'notebook.updates': metric('notebook', 'keystrokes that came', '1/s', 'higher'),
  'notebook.awareness': metric('notebook', 'awareness messages that came', '1/s', 'lower'),
  'notebook.cpu': metric('notebook', 'relay: one core', '%', 'lower'),
  'notebook.rss': metric('notebook', 'relay: memory (RSS)', 'MB', 'lower'),
  'notebook.load.cpu': metric('notebook', 'the load program itself: one core', '%', 'lower'),
  'notebook.load.delay': metric(
    'notebook',
    'the load program itself late by, p99 (part of the above)',
    'ms',
    'lower',
  ),
  'notebook.load.longest': metric('notebook', 'the same, longest', 'ms', 'lower'),

  'page.open': metric('page', '200 cells, 2 MB of results: opened → shown, warm', 'ms', 'lower'),
  'page.scrollTask': metric(
    'page',
    'longest task while all of it is scrolled (0: none over 50 ms)',
    'ms',
    'lower',
  ),
  'page.key': metric('page', 'main thread for a key typed in it', 'ms', 'lower'),
  'page.gridFrames': metric(
    'page',
    'grid of 100,000 × 20, scrolled: median frames',
    '1/s',
    'higher',
  ),
  'page.gridSlowest': metric('page', 'the same: frame, p99', 'ms', 'lower'),

  'keep.firstWritten': metric('keep', 'first save: 1,000 rows, written', 'MB', 'lower'),
  'keep.written': metric('keep', 'save after a small change: written', 'MB', 'lower'),
  'keep.stall': metric('keep', 'longest `select 1` while it saves', 'ms', 'lower'),
  'keep.task': metric(
    'keep',
    'longest task of the main thread while it saves (0: none over 50 ms)',
    'ms',
    'lower',
  ),
  'keep.snapshotBytes': metric('keep', 'snapshot of 1,000 rows: file', 'MB', 'lower'),
  'keep.snapshotMs': metric('keep', 'the same: made in', 'ms', 'lower'),
  'keep.largeBytes': metric(
    'keep',
    'snapshot of 300,000 rows, 80 MB of pages: file',
    'MB',
    'lower',
  ),
  'keep.largeMs': metric('keep', 'the same: made in', 'ms', 'lower'),
  'keep.reload': metric('keep', 'reload → first result, machine kept', 'ms', 'lower'),
  'keep.link': metric('keep', 'Open snapshot → first result, base cached', 'ms', 'lower'),
  'keep.reset': metric('keep', 'Reset to start → first result', 'ms', 'lower'),
  'keep.fileIn': metric('keep', 'file into the machine', 'MB/s', 'higher'),
  'keep.fileOut': metric('keep', 'file out of the machine', 'MB/s', 'higher'),
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof METRICS;

function metric(
  part: PartName,
  title: string,
  unit: Metric['unit'],
  better: Metric['better'],
): Metric {
  return { part, title, unit, better };
}
