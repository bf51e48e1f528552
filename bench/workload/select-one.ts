import type { Plan } from '../plan';
import { percentile } from '../report/stats';
import type { Session } from './session';
import { warmUp } from './warm-up';

/** Time of `select 1`, one after the other. */
export async function selectOne(
  session: Session,
  { warmUpMs, selects }: Plan,
): Promise<{ 'select1.p50': number; 'select1.p99': number }> {
  await warmUp(warmUpMs, () => session.query('select 1'));
  const latencies: number[] = [];
  for (let turn = 0; turn < selects; turn++) {
    const startedAt = performance.now();
    await session.query('select 1');
    latencies.push(performance.now() - startedAt);
  }
  return {
    'select1.p50': percentile(latencies, 0.5),
    'select1.p99': percentile(latencies, 0.99),
  };
}
