import type { PGlite } from '@electric-sql/pglite';
import type { Session } from '../workload/session';

/** A session of PGlite through its own API. */
export function pgliteSession(db: PGlite): Session {
  return {
    async query(sql, parameters) {
      const { rows } = await db.query(sql, parameters, { rowMode: 'array' });
      const value = rows[0]?.[0];
      return value === undefined || value === null ? undefined : String(value);
    },
    async copyIn(table, chunks) {
      const blob = new Blob(chunks as Uint8Array<ArrayBuffer>[]);
      await db.query(`copy ${table} from '/dev/blob'`, [], { blob });
    },
    async copyOut(table) {
      const { blob } = await db.query(`copy ${table} to '/dev/blob'`);
      return blob?.size ?? 0;
    },
    // The database is the session: it stays for the next one.
    close: () => Promise.resolve(),
  };
}
