import type { Field } from '@/lib/postgres/backend-messages';
import type { PgClient } from '@/lib/postgres/client';
import { errorOffset } from '@/lib/postgres/error-position';
import { PgError, type PgErrorFields } from '@/lib/postgres/errors';
import type { MetaAnswer, MetaQuery } from '@/lib/postgres/meta-commands/answer';
import { answerMetaCommand } from '@/lib/postgres/meta-commands/meta-commands';
import { toColumns } from '../results/column';
import { type PgSessionState, waitReason } from './pg-session';
import type { RunStep } from './run-plan';
import type { RunRecorder } from './run-recorder';
import type { Outcome, Place, Problem } from './run-view';

/** Rows of one statement that the page keeps; a grid of more helps nobody, and `\copy` does. */
const ROW_LIMIT = 100_000;
/** Bytes of rows that one run may keep, so that a tab with little memory survives it. */
const RUN_BYTES = 256 * 1024 * 1024;
/** SQLSTATE character_not_in_repertoire. */
const UNTRANSLATABLE = '22021';

export interface RunContext {
  readonly recorder: RunRecorder;
  /** The session as it is now: it may be lost between two statements. */
  readonly session: () => PgSessionState;
  /** True once somebody pressed Stop. */
  readonly isStopping: () => boolean;
  /** Told before each statement that is sent. */
  readonly onSend: () => void;
}

/** Runs steps one by one. How the last that began ended: all before it were done. */
export async function runSteps(
  steps: readonly RunStep[],
  context: RunContext,
): Promise<Outcome | undefined> {
  let outcome: Outcome | undefined;
  for (const step of steps) {
    outcome = await (step.kind === 'sql'
      ? runStatement(step.text, step.sql, step.locate, context)
      : runMetaCommand(step, context));
    if (outcome.kind === 'failed' || context.isStopping()) break;
  }
  return outcome;
}

type Locate = (index: number) => Place;

async function runStatement(
  shown: string,
  sql: string,
  locate: Locate,
  context: RunContext,
): Promise<Outcome> {
  const { recorder } = context;
  recorder.begin(shown);
  const outcome = await send(
    context,
    (client) => stream(client, sql, recorder),
    (error) =>
      error.position === undefined ? undefined : locate(errorOffset(sql, error.position)),
  );
  recorder.finish(outcome);
  return outcome;
}

async function runMetaCommand(step: RunStep, context: RunContext): Promise<Outcome> {
  const { recorder } = context;
  // Its SQL is ours, so a place in that helps nobody: the command itself is marked.
  const place = step.locate(0);
  const startedAt = performance.now();
  const end = (outcome: Outcome): Outcome => {
    recorder.finish(outcome);
    return outcome;
  };
  recorder.begin(step.text);
  let answer: MetaAnswer = answerMetaCommand(step.text);
  while (answer.kind === 'lookup') {
    const { sql, next } = answer;
    let rows: (string | null)[][] = [];
    const looked = await send(
      context,
      async (client) => {
        rows = (await client.query(sql)).rows;
        return { tag: '', discardedRows: 0 };
      },
      () => place,
    );
    if (looked.kind === 'failed') return end(looked);
    answer = next(rows);
  }
  const elapsedMs = performance.now() - startedAt;
  if (answer.kind === 'said') {
    recorder.notice({ severity: 'INFO', code: '00000', message: answer.text });
    return end({ kind: 'done', tag: step.text, discardedRows: 0, elapsedMs });
  }
  if (answer.kind === 'refused') {
    const { code, text, hint } = answer;
    const error: PgErrorFields = { severity: 'ERROR', code, message: text, hint };
    return end(failure({ kind: 'postgres', error, place }, elapsedMs));
  }
  recorder.leaveOut();
  recorder.expectMore(answer.queries.length);
  return runMetaQueries(answer.queries, place, context);
}

async function runMetaQueries(
  queries: readonly MetaQuery[],
  place: Place,
  context: RunContext,
): Promise<Outcome> {
  const { recorder } = context;
  let outcome: Outcome = { kind: 'done', tag: '', discardedRows: 0, elapsedMs: 0 };
  for (const [index, { heading, sql, whenEmpty }] of queries.entries()) {
    recorder.begin(heading, index > 0);
    const sent = await send(
      context,
      (client) => stream(client, sql, recorder),
      () => place,
    );
    outcome = sent.kind === 'done' ? { ...sent, tag: heading } : sent;
    if (outcome.kind === 'done' && recorder.currentRows === 0) {
      if (whenEmpty.kind === 'leave-out') {
        recorder.leaveOut();
        continue;
      }
      recorder.notice({ severity: 'INFO', code: '00000', message: whenEmpty.text });
    }
    recorder.finish(outcome);
    if (outcome.kind === 'failed' || context.isStopping()) break;
  }
  return outcome;
}

interface Sent {
  readonly tag: string;
  readonly discardedRows: number;
}

/** Sends something in the session there is now, and puts what comes of it into an outcome. */
async function send(
  context: RunContext,
  request: (client: PgClient) => Promise<Sent>,
  placeOf: (error: PgError) => Place | undefined,
): Promise<Outcome> {
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  const session = context.session();
  if (session.kind !== 'open') {
    return failure({ kind: 'connection', message: waitReason(session) }, elapsed());
  }
  context.onSend();
  try {
    return { kind: 'done', ...(await request(session.client)), elapsedMs: elapsed() };
  } catch (error) {
    if (error instanceof PgError) {
      return failure({ kind: 'postgres', error, place: placeOf(error) }, elapsed());
    }
    const message = error instanceof Error ? error.message : String(error);
    // It was never sent: the text holds a NUL.
    if (error instanceof RangeError) {
      const fields: PgErrorFields = { severity: 'ERROR', code: UNTRANSLATABLE, message };
      return failure({ kind: 'postgres', error: fields }, elapsed());
    }
    return failure({ kind: 'connection', message }, elapsed());
  }
}

async function stream(client: PgClient, sql: string, recorder: RunRecorder): Promise<Sent> {
  let sent: Sent = { tag: '', discardedRows: 0 };
  await client.simple(
    sql,
    {
      fields: (fields: readonly Field[]) => recorder.columns(toColumns(fields)),
      rows: (batch) => recorder.append(batch),
      copyOut: (chunk) => recorder.appendCopied(chunk),
      notice: (notice) => recorder.notice(notice),
      complete: (result) => {
        sent = { tag: result.tag, discardedRows: result.discarded.rows };
      },
    },
    { maxRows: ROW_LIMIT, maxBytes: Math.max(0, RUN_BYTES - recorder.keptBytes) },
  );
  return sent;
}

function failure(problem: Problem, elapsedMs: number): Outcome {
  return { kind: 'failed', problem, elapsedMs };
}
