import type { MetricName } from './metrics';
import type { Subject } from './subjects';
import { type Cell, findCell } from './summary';

/** What a figure is held against: a number, or what somebody else had in the same run. */
type Bound =
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind: 'subject';
      readonly subject: Subject;
      readonly times?: number;
      readonly plus?: number;
    };

export interface Target {
  /** As the issue says it. */
  readonly text: string;
  readonly metric: MetricName;
  readonly subject: Subject;
  readonly direction: 'at most' | 'at least';
  readonly bound: Bound;
}

export interface Judgement {
  readonly target: Target;
  /** Absent when it could not be measured, or what it is held against could not. */
  readonly measured?: number;
  readonly limit?: number;
  readonly verdict: 'met' | 'missed' | 'not measured';
}

/**
 * A stopped reader may cost its buffers (2 MB on the way) and what V8 has not yet collected; a relay that
 * queued would take all the source offers.
 */
const FLAT_MB = 32;

/** "Speed and memory" of issue 2, "Speed" of issue 3, "Speed and size" of issue 4. */
export const TARGETS: readonly Target[] = [
  {
    text: 'Cold start no later than PGlite prepopulated',
    metric: 'start.cold',
    subject: 'warren-page',
    direction: 'at most',
    bound: { kind: 'subject', subject: 'pglite-prepopulated' },
  },
  atMost('Cold start transfers at most 12 MB', 'start.coldBytes', 'warren-page', 12),
  atMost('Warm start in 0.8 s', 'start.warm', 'warren-page', 800),
  atMost('`select 1` in the page: p50', 'select1.p50', 'warren-page', 2),
  atMost('`select 1` in the page: p99', 'select1.p99', 'warren-page', 10),
  {
    text: '`select 1` of a peer page: at most 1 ms more',
    metric: 'select1.p50',
    subject: 'warren-peer',
    direction: 'at most',
    bound: { kind: 'subject', subject: 'warren-page', plus: 1 },
  },
  {
    text: '`select 1` of node-postgres over TLS: at most 1.5 ms more',
    metric: 'select1.p50',
    subject: 'warren-port',
    direction: 'at most',
    bound: { kind: 'subject', subject: 'warren-page', plus: 1.5 },
  },
  {
    text: 'Parametrised point selects through the port: 10 × pgmock',
    metric: 'pointSelect',
    subject: 'warren-port',
    direction: 'at least',
    bound: { kind: 'subject', subject: 'pgmock', times: 10 },
  },
  atMost('1 MB parameter in, through the port', 'value1.in', 'warren-port', 1000),
  atLeast('COPY in, in the page', 'copyIn', 'warren-page', 4),
  atLeast('COPY in, through the port', 'copyIn', 'warren-port', 4),
  atLeast('Results out, in the page', 'resultOut', 'warren-page', 10),
  atLeast('Results out, through the port', 'resultOut', 'warren-port', 10),
  atMost('While a query runs: longest task', 'responsive.longestTask', 'warren-page', 50),
  atLeast('Relay: one tunnel', 'relay.down', 'relay-port', 100),
  atMost('Relay: echo beside it, p99', 'relay.echo.p99', 'relay-port', 20),
  atMost('Relay: 1,000 idle tunnels', 'relay.idle', 'relay-peer', 150),
  atMost('Relay: memory flat while a reader stops', 'relay.stalled', 'relay-port', FLAT_MB),
  atMost('300 people in one notebook: p99', 'notebook.p99', 'notebook-one', 50),
  atMost('300 people in one notebook: of one core', 'notebook.cpu', 'notebook-one', 40),
  atMost('300 people in one notebook: nothing lost', 'notebook.lost', 'notebook-one', 0),
  atMost('1,000 people in 100 notebooks: p99', 'notebook.p99', 'notebook-many', 100),
  atMost('1,000 people in 100 notebooks: nothing lost', 'notebook.lost', 'notebook-many', 0),
  atMost('A notebook of 200 cells opens, warm', 'page.open', 'warren-page', 1500),
  atMost('…is scrolled without a task over 50 ms', 'page.scrollTask', 'warren-page', 50),
  atMost('…and a key costs at most 16 ms', 'page.key', 'warren-page', 16),
  atMost('Snapshot of 1,000 rows: at most 2.5 MB', 'keep.snapshotBytes', 'warren-page', 2.5),
  atMost('…made in 3 s', 'keep.snapshotMs', 'warren-page', 3000),
  atMost('…opened: first result within 3 s, base cached', 'keep.link', 'warren-page', 3000),
  atMost('Saving stalls no query more than 150 ms', 'keep.stall', 'warren-page', 150),
  atMost("…nor the page's thread more than 50 ms", 'keep.task', 'warren-page', 50),
  atMost('…and writes at most 4 MB after a small change', 'keep.written', 'warren-page', 4),
  atMost('Reload → first result, machine kept', 'keep.reload', 'warren-page', 1500),
  atMost('Reset to start → first result', 'keep.reset', 'warren-page', 3000),
  atLeast('File into the machine: 4 MB/s', 'keep.fileIn', 'warren-page', 4),
  atLeast('File out of the machine: 10 MB/s', 'keep.fileOut', 'warren-page', 10),
  // A display of 60 Hz gives 59.9.
  atLeast('A grid of 100,000 × 20 scrolls at 60 frames', 'page.gridFrames', 'warren-page', 59),
];

export function judge(target: Target, cells: readonly Cell[]): Judgement {
  const measured = findCell(cells, target.metric, target.subject)?.median;
  const limit = limitOf(target, cells);
  if (measured === undefined || limit === undefined) {
    return { target, measured, limit, verdict: 'not measured' };
  }
  const isMet = target.direction === 'at most' ? measured <= limit : measured >= limit;
  return { target, measured, limit, verdict: isMet ? 'met' : 'missed' };
}

function limitOf({ metric, bound }: Target, cells: readonly Cell[]): number | undefined {
  if (bound.kind === 'number') return bound.value;
  const theirs = findCell(cells, metric, bound.subject)?.median;
  return theirs === undefined ? undefined : theirs * (bound.times ?? 1) + (bound.plus ?? 0);
}

function atMost(text: string, metric: MetricName, subject: Subject, value: number): Target {
  return { text, metric, subject, direction: 'at most', bound: { kind: 'number', value } };
}

function atLeast(text: string, metric: MetricName, subject: Subject, value: number): Target {
  return { text, metric, subject, direction: 'at least', bound: { kind: 'number', value } };
}
