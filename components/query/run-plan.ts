import { fillParameters } from '@/lib/notebook/parameters';
import { splitScript } from '@/lib/postgres/meta-commands/script';
import { errorSpan, lineAndColumn } from '../editor/error-span';
import type { RunRequest } from './run-request';
import type { Place } from './run-view';

/** One statement or meta-command of a run, ready to be sent. */
export type RunStep = {
  /** As it stands in the cell. */
  readonly text: string;
  /** The place in the cell's text of an index of what is sent. */
  readonly locate: (index: number) => Place;
} & ({ readonly kind: 'sql'; readonly sql: string } | { readonly kind: 'meta' });

export type RunPlan =
  | { readonly kind: 'ready'; readonly steps: readonly RunStep[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'refused'; readonly reason: string };

/** Takes a request apart and fills in its parameters, or says why it cannot run. */
export function planRun({ text, start, end, values, inputs }: RunRequest): RunPlan {
  const steps: RunStep[] = [];
  const missing = new Set<string>();
  for (const part of splitScript(text.slice(start, end))) {
    const from = start + part.start;
    const written = text.slice(from, start + part.end);
    if (part.kind === 'meta') {
      steps.push({ kind: 'meta', text: written, locate: () => placeOf(text, from) });
      continue;
    }
    const filled = fillParameters(written, values, inputs);
    if (filled.kind === 'missing') {
      for (const name of filled.names) missing.add(name);
    } else if (filled.kind === 'refused') {
      return {
        kind: 'refused',
        reason: `The value of :${filled.name} holds a NUL character, which PostgreSQL has not in text.`,
      };
    } else {
      const { sql, toOriginal } = filled;
      const locate = (index: number) => placeOf(text, from + toOriginal(index));
      steps.push({ kind: 'sql', text: written, sql, locate });
    }
  }
  if (missing.size > 0) return { kind: 'refused', reason: missingValues([...missing]) };
  return steps.length === 0 ? { kind: 'empty' } : { kind: 'ready', steps };
}

function placeOf(text: string, index: number): Place {
  const span = errorSpan(text, index);
  return { span, ...lineAndColumn(text, span.start) };
}

function missingValues(names: readonly string[]): string {
  const list = names.map((name) => `:${name}`);
  const last = list.pop();
  if (list.length === 0) return `Not run: ${last} has no value. Give it one above the cell.`;
  return `Not run: ${list.join(', ')} and ${last} have no values. Give them above the cell.`;
}
