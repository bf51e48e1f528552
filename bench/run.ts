import { OptionsError, readOptions } from './options';
import { keep } from './parts/keep';
import { notebook } from './parts/notebook';
import { page } from './parts/page';
import type { Part, PartContext } from './parts/part';
import { queries } from './parts/queries';
import { relay } from './parts/relay';
import { responsive } from './parts/responsive';
import { start } from './parts/start';
import { PGMOCK_NOTE } from './peers/pgmock-plan';
import { FULL_PLAN, QUICK_PLAN } from './plan';
import { formatNumber } from './report/markdown';
import { METRICS, PARTS, type PartName } from './report/metrics';
import { reasonOf } from './report/reason';
import { makeReport, type PartRun } from './report/report';
import type { Sample } from './report/sample';
import { SUBJECTS } from './report/subjects';
import { writeReport } from './report/write';
import { NoBrowserError } from './support/browser';
import { endEverything } from './support/cleanup';
import { readCommit } from './support/commit';
import { describeComputer } from './support/computer';
import { installPeers } from './support/install-peers';
import { observeQuiet } from './support/quiet';
import { NotBuiltError, requireBuild, type ServerUse } from './support/warren-server';

const RUN: Readonly<Record<PartName, Part>> = {
  start,
  queries,
  responsive,
  relay,
  notebook,
  page,
  keep,
};
const SERVER_USE: Readonly<Record<PartName, ServerUse>> = {
  start: 'pages',
  queries: 'pages',
  responsive: 'pages',
  relay: 'relay',
  notebook: 'relay',
  page: 'pages',
  keep: 'pages',
};
/** Those that measure peers too; the others need not wait for their installation. */
const WITH_PEERS: ReadonlySet<PartName> = new Set(['start', 'queries', 'responsive']);

/** `npm run bench`: runs the parts, prints the report and writes it to bench/results. */
async function main(): Promise<void> {
  const { parts, families, quick } = readOptions(process.argv.slice(2));
  if (families.has('warren')) {
    for (const part of parts) requireBuild(SERVER_USE[part]);
  }
  // Asked first: who lacks a browser learns it now, not after ten minutes.
  const [computer, commit] = await Promise.all([describeComputer(), readCommit()]);
  endOnSignal();
  if (parts.some((part) => WITH_PEERS.has(part))) await installPeers();
  const plan = quick ? QUICK_PLAN : FULL_PLAN;
  const startedAt = new Date().toISOString();
  const samples: Sample[] = [];
  const runs: PartRun[] = [];
  for (const part of parts) {
    runs.push(await runPart(part, { isFirst: runs.length === 0, plan, families, samples }));
  }
  const notes = parts.includes('queries') && families.has('pgmock') ? [PGMOCK_NOTE] : [];
  const report = makeReport({ startedAt, quick, commit, computer, parts: runs, notes, samples });
  console.log(`\n${await writeReport(report)}`);
  if (runs.some(({ error }) => error !== undefined)) process.exitCode = 1;
}

interface Progress extends Pick<PartContext, 'plan' | 'families'> {
  readonly isFirst: boolean;
  /** Where the part's samples go. */
  readonly samples: Sample[];
}

/** Runs one part; a fault of it is kept for the report, and the next one runs all the same. */
async function runPart(
  part: PartName,
  { isFirst, plan, families, samples }: Progress,
): Promise<PartRun> {
  const before = await observeQuiet({ isFirst });
  console.log(`\n${PARTS[part]}${before.isQuiet ? '' : ' (this computer is busy)'}`);
  const beganAt = performance.now();
  const record: PartContext['record'] = (subject, round, measured) => {
    const sample = { ...measured, subject, round };
    samples.push(sample);
    console.log(`  ${describe(sample)}`);
  };
  let error: string | undefined;
  try {
    await RUN[part]({ plan, families, record });
  } catch (thrown) {
    error = reasonOf(thrown);
    console.error(`  broken off: ${error}`);
  }
  return { part, before, seconds: (performance.now() - beganAt) / 1000, error };
}

/** Ctrl-C ends all that was started, too; pressed again it changes nothing. */
function endOnSignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void endEverything().then(() => process.exit(1)));
  }
}

function describe(sample: Sample): string {
  const { title, unit } = METRICS[sample.metric];
  const outcome =
    'value' in sample ? `${formatNumber(sample.value)} ${unit}` : `failed: ${sample.failure}`;
  return `${sample.round} ${SUBJECTS[sample.subject]}, ${title}: ${outcome}`;
}

main().catch((thrown: unknown) => {
  const isExpected = [OptionsError, NotBuiltError, NoBrowserError].some(
    (expected) => thrown instanceof expected,
  );
  console.error(isExpected ? reasonOf(thrown) : thrown);
  process.exitCode = 1;
});
