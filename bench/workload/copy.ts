import type { Session } from './session';

const LINE_BYTES = 100;
const CHUNK_BYTES = 64_000;

/** The part of the data that is copied once before it counts. */
const WARM_UP_SHARE = 0.2;

/** MB a second of COPY from the client into a table, the end of the transaction included. */
export async function copyIn(session: Session, bytes: number): Promise<number> {
  const chunks = copyData(bytes);
  await session.copyIn('copied', copyData(bytes * WARM_UP_SHARE));
  await session.query('truncate copied');
  const seconds = await timeSeconds(() => session.copyIn('copied', chunks));
  const rows = await session.query('select count(*) from copied');
  if (Number(rows) !== bytes / LINE_BYTES) throw new Error(`COPY left ${rows} rows`);
  return bytes / 1e6 / seconds;
}

/** MB a second of COPY from the table that `copyIn` filled, once before to warm up. */
export async function copyOut(session: Session, bytes: number): Promise<number> {
  await session.query('truncate copied');
  await session.query(
    `insert into copied select 100000000 + i, repeat('x', ${LINE_BYTES - 11}) from generate_series(1, $1::int) i`,
    [String(bytes / LINE_BYTES)],
  );
  await session.copyOut('copied');
  let copied = 0;
  const seconds = await timeSeconds(async () => {
    copied = await session.copyOut('copied');
  });
  if (copied !== bytes) throw new Error(`COPY gave ${copied} bytes instead of ${bytes}`);
  return copied / 1e6 / seconds;
}

/** Lines of exactly 100 bytes: nine digits, a tab, 89 letters and a newline. */
export function copyData(bytes: number): Uint8Array[] {
  const lines = Math.floor(bytes / LINE_BYTES);
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [];
  for (let from = 0; from < lines; from += CHUNK_BYTES / LINE_BYTES) {
    const to = Math.min(lines, from + CHUNK_BYTES / LINE_BYTES);
    let text = '';
    for (let line = from; line < to; line++) {
      text += `${100_000_000 + line}\t${'x'.repeat(LINE_BYTES - 11)}\n`;
    }
    chunks.push(encoder.encode(text));
  }
  return chunks;
}

async function timeSeconds(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}
