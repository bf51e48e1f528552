import type * as Y from 'yjs';
import { z } from 'zod';
import { limitRun } from './limit-run';
import { SHARED_ROWS, SHARED_RUN_BYTES } from './limits';
import { done, type Outcome, refused } from './outcome';
import { findCell } from './read';
import { isNewer, rootsOf } from './roots';
import type { SharedRun } from './types';

/** The last shared run of a cell (rule D8); undefined when there is none, or what stands there is none. */
export function readResult(doc: Y.Doc, id: string): SharedRun | undefined {
  const json = rootsOf(doc).results.get(id);
  if (typeof json !== 'string' || json.length > SHARED_RUN_BYTES) return undefined;
  try {
    return RUN.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

/** Shares a run with everybody, cut to the limits of rule D8. Use an origin that undo does not track. */
export function setResult(doc: Y.Doc, id: string, run: SharedRun): Outcome {
  if (isNewer(doc)) return refused('newer-document');
  if (!findCell(doc, id)) return refused('no-such-cell');
  rootsOf(doc).results.set(id, JSON.stringify(limitRun(run)));
  return done(id);
}

/** Takes all shared results out of the document. */
export function clearResults(doc: Y.Doc): Outcome<undefined> {
  if (isNewer(doc)) return refused('newer-document');
  doc.transact(() => {
    const { results } = rootsOf(doc);
    for (const id of [...results.keys()]) results.delete(id);
  });
  return { done: true, cell: undefined };
}

const count = z.number().int().nonnegative();
const text = z.string();
const optional = text.optional();

const FIELDS = z.object({
  severity: text,
  code: text,
  message: text,
  detail: optional,
  hint: optional,
  position: count.optional(),
  internalPosition: count.optional(),
  internalQuery: optional,
  where: optional,
  schema: optional,
  table: optional,
  column: optional,
  dataType: optional,
  constraint: optional,
  file: optional,
  line: count.optional(),
  routine: optional,
});

/** Checked by hand: a notebook's results hold hundreds of thousands of values. */
function areRows(value: unknown): value is (string | null)[][] {
  return (
    Array.isArray(value) &&
    value.length <= SHARED_ROWS &&
    value.every((row) => Array.isArray(row) && row.every(isValue))
  );
}

function isValue(value: unknown): value is string | null {
  return typeof value === 'string' || value === null;
}

const RESULT = z
  .object({
    columns: z.array(z.object({ name: text, type: text, oid: count })),
    rows: z.custom<(string | null)[][]>(areRows),
    rowCount: count,
  })
  .refine(
    ({ columns, rows, rowCount }) =>
      rows.length <= rowCount && rows.every((row) => row.length === columns.length),
  );

const STATEMENT = z.object({
  sql: text,
  aside: z.literal(true).optional(),
  elapsedMs: z.number().nonnegative(),
  outcome: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('done'), tag: text }),
    z.object({
      kind: z.literal('failed'),
      error: FIELDS,
      at: z.object({ start: count, end: count }).optional(),
    }),
    z.object({ kind: z.literal('lost'), message: text }),
  ]),
  result: RESULT.optional(),
  notices: z.array(FIELDS),
});

const RUN: z.ZodType<SharedRun> = z.object({
  by: text,
  at: z.number().nonnegative(),
  elapsedMs: z.number().nonnegative(),
  statementCount: count,
  statements: z.array(STATEMENT),
});
