import type { Session } from './session';

const SERIES = 1_000_000;

/** Milliseconds of a `count` over a generated series, nothing read from a table. */
export async function countSeries(session: Session): Promise<number> {
  const startedAt = performance.now();
  const count = await session.query(`select count(*) from generate_series(1, ${SERIES})`);
  if (count !== String(SERIES)) throw new Error(`counted ${count}`);
  return performance.now() - startedAt;
}

/** Milliseconds of a `sum` over a table, once before to warm up. */
export async function sumTable(session: Session, rows: number): Promise<number> {
  const sql = 'select sum(n) from number';
  await session.query(sql);
  const startedAt = performance.now();
  const sum = await session.query(sql);
  if (sum !== String((rows * (rows + 1)) / 2)) throw new Error(`the sum was ${sum}`);
  return performance.now() - startedAt;
}
