import type { Plan } from '../plan';
import type { Session } from './session';
import { warmUp } from './warm-up';

/** Parametrised selects by primary key a second. */
export function pointSelects(session: Session, plan: Plan): Promise<number> {
  return perSecond(plan, async (turn) => {
    const id = String(1 + scatter(turn, plan.pointRows));
    const body = await session.query('select body from point where id = $1', [id]);
    if (body !== `row ${id}`) throw new Error(`row ${id} came back as ${body}`);
  });
}

/** Parametrised inserts a second, each committed. */
export async function inserts(session: Session, plan: Plan): Promise<number> {
  await session.query('truncate inserted');
  return perSecond(plan, async (turn) => {
    await session.query('insert into inserted (n, body) values ($1, $2)', [
      String(turn),
      `a row of a few words, number ${turn}`,
    ]);
  });
}

/** How often `once` runs a second. */
async function perSecond(
  { warmUpMs, rateMs }: Plan,
  once: (turn: number) => Promise<void>,
): Promise<number> {
  await warmUp(warmUpMs, once);
  let turns = 0;
  const startedAt = performance.now();
  while (performance.now() - startedAt < rateMs) await once(turns++);
  return (turns / (performance.now() - startedAt)) * 1000;
}

/** The same scattered walk over `0 … range - 1` for everybody: no cache is favoured by neighbours. */
function scatter(turn: number, range: number): number {
  return (turn * 7_919) % range;
}
