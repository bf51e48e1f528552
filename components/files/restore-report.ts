import { plural } from '../ui/format';
import type { ProgramOutput } from './program-output';
import type { Dump } from './recognise-dump';
import type { RestoreChoices } from './restore-plan';

/** How a restore ended. */
export type RestoreEnd =
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'cancelled' }
  /** It could not be run to its end; `message` is a sentence for people. */
  | { readonly kind: 'broken'; readonly message: string }
  /** The new database could not be made, so nothing was begun. */
  | { readonly kind: 'unmade'; readonly message: string };

export interface RestoreReport {
  readonly tone: 'ok' | 'warn' | 'bad';
  readonly title: string;
  /** What is in the database now. */
  readonly text: string;
}

/** Says what became of a restore and what is in the database now. @param choices settled */
export function reportOf(
  end: RestoreEnd,
  { errors, firstError }: Pick<ProgramOutput, 'errors' | 'firstError'>,
  format: Dump['format'],
  choices: RestoreChoices,
): RestoreReport {
  const where =
    format === 'cluster' ? 'the databases of the dump' : `database “${choices.target.database}”`;
  if (end.kind === 'exited' && end.exitCode === 0 && errors === 0) {
    return { tone: 'ok', title: 'Restored', text: `All of the dump is in ${where}.` };
  }
  if (end.kind === 'unmade') {
    return {
      tone: 'bad',
      title: 'The database was not made',
      text: `${end.message} Nothing was changed.`,
    };
  }
  if (end.kind === 'exited' && !choices.stopAtError) {
    return {
      tone: errors === 0 ? 'bad' : 'warn',
      title:
        errors === 0
          ? `It ended with exit code ${end.exitCode}`
          : `Restored with ${plural(errors, 'error')}`,
      text: `What had no error is in ${where}; what had one is not. Look at the errors below.`,
    };
  }
  return {
    tone: 'bad',
    title: titleOf(end, errors),
    text: `${reasonOf(end)}${leftOf(choices, where)}${adviceFor(firstError)}`,
  };
}

/** What most often stops a script of somebody else's database. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /role "[^\n]*" does not exist/,
    ' It names a role that is not here: create the role first, or restore without one transaction and go on at errors.',
  ],
  [
    /collation version|invalid (LC_COLLATE |LC_CTYPE )?locale|locale name/i,
    ' It makes a database with a locale that this machine does not have: dump it without --create, and restore it into a new database.',
  ],
];

function adviceFor(firstError = ''): string {
  return ADVICE.find(([pattern]) => pattern.test(firstError))?.[1] ?? '';
}

type Broken = Exclude<RestoreEnd, { kind: 'unmade' }>;

function titleOf(end: Broken, errors: number): string {
  if (end.kind === 'cancelled') return 'The restore was cancelled';
  if (end.kind === 'broken') return 'The restore broke off';
  return errors === 0
    ? `It ended with exit code ${end.exitCode}`
    : 'The restore stopped at an error';
}

function reasonOf(end: Broken): string {
  return end.kind === 'broken' ? `${end.message} ` : '';
}

function leftOf({ target, clean, singleTransaction }: RestoreChoices, where: string): string {
  if (singleTransaction) {
    return target.kind === 'new'
      ? `Nothing of the dump was kept: ${where} was made and is empty.`
      : `Nothing of the dump was kept: ${where} is as it was.`;
  }
  const dropped = clean ? ' What it had dropped before is gone.' : '';
  return `What came before is in ${where}, the rest is not.${dropped}`;
}
