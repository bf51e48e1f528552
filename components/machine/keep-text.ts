import type { Continued, KeepState } from '@/lib/machine/types';
import type { MadeOf } from '../playgrounds/codec';
import { formatDuration } from '../ui/format';
import type { Tone } from './summary';

/** How well the machine is kept, in words. */
export interface KeepSummary {
  readonly tone: Tone;
  /** E.g. `Saved 12:31:05`. */
  readonly text: string;
  /** What follows it where there is room, e.g. `, 40 s of work since`. */
  readonly since?: string;
  /** What a crash now would lose: a sentence or two. */
  readonly risk: string;
}

/** @param now milliseconds since 1970; 0 while it is not known */
export function summarizeKept(kept: KeepState, now: number): KeepSummary {
  switch (kept.kind) {
    case 'off':
      return {
        tone: 'idle',
        text: 'Not kept',
        since: `: ${kept.why}`,
        risk: `${kept.why} A crash now, or closing the tab, would lose the database.`,
      };
    case 'saving':
      return { tone: 'busy', text: 'Saving…', risk: comesBack(kept.savedAt, now) };
    case 'failed':
      return {
        tone: 'bad',
        text: 'Not saved',
        since: kept.savedAt === undefined ? undefined : ` since ${momentText(kept.savedAt, now)}`,
        risk: `${kept.message} ${comesBack(kept.savedAt, now)}`,
      };
    case 'saved':
      return summarizeSaved(kept, now);
  }
}

function summarizeSaved(kept: Extract<KeepState, { kind: 'saved' }>, now: number): KeepSummary {
  const text = `Saved ${momentText(kept.savedAt, now)}`;
  if (kept.unsavedSince === undefined) {
    return { tone: 'ok', text, risk: 'A crash now would lose nothing.' };
  }
  const work = now === 0 ? 'some' : formatDuration(now - kept.unsavedSince);
  return {
    tone: 'busy',
    text,
    since: `, ${work} of work since`,
    risk: `A crash now would lose ${work} of work. It is saved once the machine has been quiet for some seconds, or with Save now.`,
  };
}

function comesBack(savedAt: number | undefined, now: number): string {
  return savedAt === undefined
    ? 'Nothing of this machine is kept yet: a crash now would lose the database.'
    : `A crash now would bring the machine back as it was at ${momentText(savedAt, now)}.`;
}

/**
 * What is told of a machine that did not begin empty.
 * @param madeOf the snapshot that its playground was made of, if it was
 */
export function continuedText(
  { savedAt, from }: Continued,
  madeOf: MadeOf | undefined,
  now: number,
): string {
  const moment = momentText(savedAt, now);
  // Another start may have been chosen since.
  if (from === 'start' && madeOf?.at === savedAt) {
    const carrier = madeOf.by === 'link' ? 'snapshot' : 'file';
    return `Opened as it was in the ${carrier}, which was made at ${moment}.`;
  }
  return from === 'start'
    ? `Begun from its start, as it was kept at ${moment}.`
    : `Continued where it was at ${moment}.`;
}

const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** A moment where the reader is: `12:31:05`, and on another day `3 Mar 2026, 12:31:05`. @param now 0: not known */
export function momentText(at: number, now: number): string {
  const time = TIME.format(at);
  return now === 0 || DAY.format(at) === DAY.format(now) ? time : `${DAY.format(at)}, ${time}`;
}
