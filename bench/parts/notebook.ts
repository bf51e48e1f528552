import { now } from '../notebook/clock';
import type { ReadersMethods } from '../notebook/readers-child';
import type { Room, Run, Seen } from '../notebook/scene';
import type { WritersMethods } from '../notebook/writers-child';
import { peakRssMb } from '../relay/sample-rss';
import type { MetricName } from '../report/metrics';
import { percentile } from '../report/stats';
import type { Subject } from '../report/subjects';
import { CallableChild } from '../support/child';
import { type Cleanup, withCleanup } from '../support/cleanup';
import { cpuMs } from '../support/cpu';
import { WarrenServer } from '../support/warren-server';
import { within } from '../workload/within';
import type { Part, PartContext } from './part';

/** Compilers and caches settle; what is typed meanwhile does not count. */
const WARM_UP_MS = 3_000;
/** What was typed last may come that much later and still be counted as come. */
const DRAIN_MS = 2_000;
/** From the order to both processes until the first key. */
const LEAD_MS = 500;
/** For a thousand people to come in. */
const JOIN_LIMIT_MS = 60_000;

/** A crowd as the issue has it. */
interface Crowd {
  readonly subject: Subject;
  readonly notebooks: number;
  /** Of each notebook. */
  readonly people: Pick<Room, 'typists' | 'watchers' | 'readers'>;
  /** A typist's. */
  readonly keyEveryMs: number;
}

const CROWDS: readonly Crowd[] = [
  {
    subject: 'notebook-one',
    notebooks: 1,
    people: { typists: 10, watchers: 10, readers: 280 },
    keyEveryMs: 500,
  },
  {
    subject: 'notebook-many',
    notebooks: 100,
    people: { typists: 1, watchers: 1, readers: 8 },
    keyEveryMs: 1_000,
  },
];

/** The relay while many people write and read: how soon a keystroke is in the others' documents, and what it costs. */
export const notebook: Part = async (context) => {
  for (let round = 1; round <= context.plan.notebookRounds; round++) {
    for (const crowd of CROWDS) {
      await withCleanup((cleanup) => runCrowd(context, cleanup, crowd, round));
    }
  }
};

async function runCrowd(
  { plan, record }: PartContext,
  cleanup: Cleanup,
  crowd: Crowd,
  round: number,
): Promise<void> {
  const server = await WarrenServer.start('relay', cleanup);
  const writers = new CallableChild<WritersMethods>(
    new URL('../notebook/writers-child.ts', import.meta.url),
  );
  cleanup.add(() => writers.stop());
  const readers = new CallableChild<ReadersMethods>(
    new URL('../notebook/readers-child.ts', import.meta.url),
  );
  cleanup.add(() => readers.stop());

  const scene = { url: server.url, rooms: await makeRooms(server, crowd) };
  // Those who write first: they bring the notebook its first cell.
  await within(JOIN_LIMIT_MS, 'coming in', writers.call('join', scene));
  await within(JOIN_LIMIT_MS, 'coming in', readers.call('join', scene));

  const run: Run = {
    zeroAt: now() + LEAD_MS,
    everyMs: crowd.keyEveryMs,
    warmUpMs: WARM_UP_MS,
    windowMs: plan.notebookMs,
  };
  await readers.call('listen', run);
  const typing = writers.call('type', { ...run, drainMs: DRAIN_MS });
  const [wrote, cpu, rss] = await Promise.all([
    typing,
    relayCpu(server.pid, run),
    peakRssMb(server.pid, typing),
  ]);
  const read = await readers.call('finish');
  await writers.call('leave');

  const closed = [...wrote.closed, ...read.closed];
  if (closed.length > 0) {
    throw new Error(`${closed.length} connections were closed, the first with ${closed[0]}`);
  }
  const report = (metric: MetricName, value: number) =>
    record(crowd.subject, round, { metric, value });
  const latencies = [...wrote.latencies, ...read.latencies];
  report('notebook.p50', percentile(latencies, 0.5));
  report('notebook.p99', percentile(latencies, 0.99));
  report('notebook.max', percentile(latencies, 1));
  report('notebook.provider.p99', percentile(wrote.latencies, 0.99));
  report('notebook.lost', 100 * (1 - latencies.length / wrote.expected));
  report('notebook.updates', perSecond(latencies.length, run));
  report('notebook.awareness', perSecond(wrote.awarenessMessages + read.awarenessMessages, run));
  report('notebook.cpu', cpu);
  report('notebook.rss', rss);
  reportLoad(report, [wrote, read]);
}

function reportLoad(
  report: (metric: MetricName, value: number) => void,
  seen: readonly Seen[],
): void {
  report(
    'notebook.load.cpu',
    seen.reduce((sum, { cpu }) => sum + cpu, 0),
  );
  report('notebook.load.delay', Math.max(...seen.map(({ delayP99 }) => delayP99)));
  report('notebook.load.longest', Math.max(...seen.map(({ delayMax }) => delayMax)));
}

async function makeRooms(server: WarrenServer, crowd: Crowd): Promise<Room[]> {
  const rooms: Room[] = [];
  for (let index = 0; index < crowd.notebooks; index++) {
    const address = `10.1.${Math.floor(index / 250)}.${(index % 250) + 1}`;
    const owner = await server.createPlayground(address);
    const credentials = await server.createLink(owner, 'editor');
    rooms.push({ credentials, address, ...crowd.people });
  }
  return rooms;
}

/** What the relay's process takes while it counts, in % of one core. */
async function relayCpu(pid: number, { zeroAt, warmUpMs, windowMs }: Run): Promise<number> {
  await until(zeroAt + warmUpMs);
  const [before, beganAt] = [await cpuMs(pid), now()];
  await until(zeroAt + warmUpMs + windowMs);
  return (100 * ((await cpuMs(pid)) - before)) / (now() - beganAt);
}

function until(at: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, at - now())));
}

function perSecond(count: number, { windowMs }: Run): number {
  return (1_000 * count) / windowMs;
}
