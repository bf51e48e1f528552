import type { Contestant, Entrant } from '../contestants/contestant';
import { pgliteEntrant } from '../contestants/pglite';
import { pgmockEntrant } from '../contestants/pgmock';
import { warrenEntrant } from '../contestants/warren';
import { servePglite } from '../peers/pglite-site';
import { reasonOf } from '../report/reason';
import { type Cleanup, withCleanup } from '../support/cleanup';
import { WarrenServer } from '../support/warren-server';
import { leftOut, STEP_NAMES } from '../workload/steps';
import type { Part, PartContext } from './part';
import { Tried } from './tried';

/** The workload for each database in turn, round after round; the ways to one database take turns at each step. */
export const queries: Part = (context) =>
  withCleanup(async (cleanup) => {
    const entrants = await makeEntrants(context, cleanup);
    const tried = new Tried(context.plan.stepLimitMs);
    for (let round = 1; round <= context.plan.queryRounds; round++) {
      for (const entrant of entrants) await enter(context, entrant, round, tried);
    }
  });

async function makeEntrants(context: PartContext, cleanup: Cleanup): Promise<Entrant[]> {
  const { families, plan } = context;
  const entrants: Entrant[] = [];
  if (families.has('warren')) {
    const server = await WarrenServer.start('pages', cleanup);
    entrants.push(warrenEntrant(server, plan));
  }
  if (families.has('pglite')) {
    const site = await servePglite();
    cleanup.add(() => site.close());
    entrants.push(pgliteEntrant(site, plan));
  }
  if (families.has('pgmock')) entrants.push(pgmockEntrant(plan));
  return entrants;
}

async function enter(
  context: PartContext,
  entrant: Entrant,
  round: number,
  tried: Tried,
): Promise<void> {
  let contestant: Contestant;
  try {
    contestant = await entrant.open();
  } catch (thrown) {
    const failure = `it did not start: ${reasonOf(thrown)}`;
    for (const subject of entrant.subjects) {
      context.record(subject, round, { metric: 'memory.ready', failure });
    }
    return;
  }
  try {
    await measure(context, contestant, round, tried);
  } finally {
    await contestant.close();
  }
}

async function measure(
  { record }: PartContext,
  { ways, memoryMb }: Contestant,
  round: number,
  tried: Tried,
): Promise<void> {
  const [{ subject: holder } = { subject: undefined }] = ways;
  if (holder === undefined) return;
  record(holder, round, { metric: 'memory.ready', value: await memoryMb() });
  for (const step of STEP_NAMES) {
    for (const { subject, run } of ways) {
      if (tried.hasFailed(subject, step)) continue;
      const obstacle = tried.obstacle(subject, step);
      const outcomes = obstacle === undefined ? await run(step) : leftOut(step, obstacle);
      for (const measured of outcomes) record(subject, round, measured);
      tried.add(subject, step, outcomes);
    }
  }
  record(holder, round, { metric: 'memory.after', value: await memoryMb() });
}
