import type { Computer } from '../support/computer';
import type { Quiet } from '../support/quiet';
import { METRICS, type PartName } from './metrics';
import type { Sample } from './sample';
import { type Cell, compare, type Ratio, summarise } from './summary';
import { type Judgement, judge, TARGETS } from './targets';

/** How one part of a run went. */
export interface PartRun {
  readonly part: PartName;
  /** What else the computer did just before. */
  readonly before: Quiet;
  readonly seconds: number;
  /** Absent when it ran to its end. */
  readonly error?: string;
}

/** What was run and seen. */
export interface Run {
  readonly startedAt: string;
  readonly quick: boolean;
  /** The commit, with `-dirty` when the tree differed from it. */
  readonly commit: string;
  readonly computer: Computer;
  readonly parts: readonly PartRun[];
  /** What a reader has to know about how it was measured. */
  readonly notes: readonly string[];
  readonly samples: readonly Sample[];
}

/** A run with all that follows from it. */
export interface Report extends Run {
  readonly cells: readonly Cell[];
  readonly ratios: readonly Ratio[];
  readonly targets: readonly Judgement[];
}

export function makeReport(run: Run): Report {
  const cells = summarise(run.samples);
  const measured = new Set(run.parts.map(({ part }) => part));
  return {
    ...run,
    cells,
    ratios: compare(cells),
    targets: TARGETS.filter(({ metric }) => measured.has(METRICS[metric].part)).map((target) =>
      judge(target, cells),
    ),
  };
}
