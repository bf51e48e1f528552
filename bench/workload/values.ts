import type { Session } from './session';

const ROW_BYTES = 1_000;

/** Milliseconds until a parameter of this size is in the server and its length back. */
export async function valueIn(session: Session, bytes: number): Promise<number> {
  const value = 'v'.repeat(bytes);
  const startedAt = performance.now();
  const length = await session.query('select length($1::text)', [value]);
  if (length !== String(bytes)) throw new Error(`${bytes} bytes came in as ${length}`);
  return performance.now() - startedAt;
}

/** Milliseconds until a value of this size, made by the server, is here. */
export async function valueOut(session: Session, bytes: number): Promise<number> {
  const startedAt = performance.now();
  const value = await session.query(`select repeat('v', ${bytes})`);
  if (value?.length !== bytes) throw new Error(`${bytes} bytes came out as ${value?.length}`);
  return performance.now() - startedAt;
}

/** MB a second of a result of many rows, once before to warm up. */
export async function resultOut(session: Session, bytes: number): Promise<number> {
  const rows = Math.floor(bytes / ROW_BYTES);
  const sql = `select repeat('v', ${ROW_BYTES}) from generate_series(1, ${rows})`;
  await session.query(sql);
  const startedAt = performance.now();
  await session.query(sql);
  return bytes / 1e3 / (performance.now() - startedAt);
}
