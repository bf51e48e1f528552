import { parsePlanJson } from '@/lib/postgres/plan/parse-json';
import { parsePlanText } from '@/lib/postgres/plan/parse-text';
import type { Plan } from '@/lib/postgres/plan/plan';
import { typeKind } from '@/lib/postgres/types';
import type { ResultView } from '../query/run-view';

/** What EXPLAIN gave. */
export interface PlanResult {
  readonly text: string;
  /** Absent for what is not read: FORMAT YAML and XML, statements without a plan, a plan that was cut. */
  readonly plan?: Plan;
}

/** EXPLAIN names its only column so, in every format and language. */
const COLUMN = 'QUERY PLAN';
/** Longer plans are shown as rows: reading them would hold the page up. */
const LONGEST = 2_000_000;

/** What EXPLAIN gave, when that is what a result is. */
export function planOf({
  columns,
  rows,
  rowCount,
  totalRows = 0,
}: ResultView): PlanResult | undefined {
  const [column] = columns;
  if (columns.length !== 1 || column?.name !== COLUMN || rowCount === 0) return undefined;
  const lines: string[] = [];
  let length = 0;
  for (let row = 0; row < rowCount; row++) {
    const line = rows.text(row, 0) ?? '';
    length += line.length + 1;
    if (length > LONGEST) return undefined;
    lines.push(line);
  }
  const text = lines.join('\n');
  // Of a plan whose end stayed with the runner a tree would tell half.
  if (totalRows > rowCount) return { text };
  const plan = typeKind(column.oid) === 'json' ? parsePlanJson(text) : parsePlanText(text);
  return { text, ...(plan && { plan }) };
}
