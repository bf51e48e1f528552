import { METRICS, type MetricName } from './metrics';
import type { Sample } from './sample';
import { median } from './stats';
import { SUBJECTS, type Subject } from './subjects';

/** All tries of one subject at one figure. */
export interface Cell {
  readonly metric: MetricName;
  readonly subject: Subject;
  /** Absent when every try failed. */
  readonly median?: number;
  readonly values: readonly number[];
  /** Why tries failed, each reason once. */
  readonly failures: readonly string[];
}

export interface Ratio {
  readonly metric: MetricName;
  readonly subject: Subject;
  readonly against: Subject;
  /** How many times better `subject` is than `against`; below 1 it is worse. */
  readonly timesBetter: number;
}

/** Subjects that are ours, each with those it is compared to. */
const COMPARISONS: Readonly<Partial<Record<Subject, readonly Subject[]>>> = {
  'warren-page': ['pglite-prepopulated', 'pglite', 'pgmock', 'state-gzip'],
  'warren-peer': ['pglite', 'pgmock'],
  'warren-port': ['pglite', 'pgmock'],
  'relay-port': ['tcp-proxy'],
  'relay-port-tls': ['tcp-proxy'],
  'relay-peer': ['tcp-proxy'],
};

/** One cell for each figure and subject that was tried, in the order of the catalogues. */
export function summarise(samples: readonly Sample[]): Cell[] {
  return metricNames().flatMap((metric) =>
    subjects().flatMap((subject) => {
      const tries = samples.filter((one) => one.metric === metric && one.subject === subject);
      return tries.length === 0 ? [] : [cellOf(metric, subject, tries)];
    }),
  );
}

export function findCell(
  cells: readonly Cell[],
  metric: MetricName,
  subject: Subject,
): Cell | undefined {
  return cells.find((cell) => cell.metric === metric && cell.subject === subject);
}

/** Each of ours against each peer, where both have a figure above 0. */
export function compare(cells: readonly Cell[]): Ratio[] {
  return cells.flatMap(({ metric, subject, median: ours }) =>
    (COMPARISONS[subject] ?? []).flatMap((against) => {
      const theirs = findCell(cells, metric, against)?.median;
      if (!ours || !theirs) return [];
      const timesBetter = METRICS[metric].better === 'lower' ? theirs / ours : ours / theirs;
      return [{ metric, subject, against, timesBetter }];
    }),
  );
}

function cellOf(metric: MetricName, subject: Subject, tries: readonly Sample[]): Cell {
  const values = tries.flatMap((one) => ('value' in one ? [one.value] : []));
  const reasons = tries.flatMap((one) => ('failure' in one ? [one.failure] : []));
  return {
    metric,
    subject,
    median: values.length === 0 ? undefined : median(values),
    values,
    failures: [...new Set(reasons)],
  };
}

function metricNames(): MetricName[] {
  return Object.keys(METRICS) as MetricName[];
}

function subjects(): Subject[] {
  return Object.keys(SUBJECTS) as Subject[];
}
