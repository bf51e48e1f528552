import { PGlite } from '@electric-sql/pglite';

/** What a small page with PGlite does: start it, ask, show. */
const isPrepopulated = new URLSearchParams(location.search).get('kind') === 'prepopulated';
const loadDataDir = isPrepopulated ? await loadPrepopulated() : undefined;
const db = await PGlite.create({ dataDir: 'memory://', loadDataDir });
const { rows } = await db.query('select 6 * 7', [], { rowMode: 'array' });
const output = document.querySelector('output');
if (output) output.textContent = String(rows[0]?.[0]);

async function loadPrepopulated(): Promise<Blob> {
  const { dataDir } = await import('@electric-sql/pglite-prepopulatedfs');
  return dataDir();
}
