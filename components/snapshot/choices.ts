import { MAX_TITLE_LENGTH } from '@/lib/snapshot/codec/header';
import type { SnapshotKind } from './baggage-lines';

/** What a person has chosen in the dialog. */
export interface Choices {
  readonly kind: SnapshotKind;
  /** For a workshop: everybody who comes gets a machine from it, as often as they come. */
  readonly isTemplate: boolean;
  readonly title: string;
  readonly note: string;
  readonly ttlSeconds: number;
  /** 0: as often as one likes. */
  readonly maxOpenings: number;
}

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** How long a link may open, in seconds. */
type Expiry = readonly [seconds: number, name: string];

const EXPIRIES: readonly Expiry[] = [
  [HOUR_SECONDS, '1 hour'],
  [DAY_SECONDS, '1 day'],
  [7 * DAY_SECONDS, '7 days'],
  [30 * DAY_SECONDS, '30 days'],
];

export const OPENINGS: readonly (readonly [openings: number, name: string])[] = [
  [0, 'Any number of times'],
  [1, 'Once'],
  [5, '5 times'],
  [10, '10 times'],
  [50, '50 times'],
];

/** Those a server keeps snapshots for; it takes an hour at least. @param mostSeconds undefined while it is not known */
export function expiriesUpTo(mostSeconds = Number.POSITIVE_INFINITY): readonly Expiry[] {
  return EXPIRIES.filter(([seconds], index) => index === 0 || seconds <= mostSeconds);
}

/** The longest of the offered expiries that is not longer than what was chosen. */
export function settledTtl(chosenSeconds: number, offered: readonly Expiry[]): number {
  const fitting = offered.filter(([seconds]) => seconds <= chosenSeconds);
  return fitting.at(-1)?.[0] ?? chosenSeconds;
}

export function firstChoices(title: string): Choices {
  return {
    kind: 'machine',
    isTemplate: false,
    title: title.slice(0, MAX_TITLE_LENGTH),
    note: '',
    ttlSeconds: 7 * DAY_SECONDS,
    maxOpenings: 0,
  };
}

/** A workshop's link is prepared long before, and however many come, it opens. */
export function asTemplate(choices: Choices, isTemplate: boolean): Choices {
  if (!isTemplate) return { ...choices, isTemplate };
  return { ...choices, isTemplate, ttlSeconds: 30 * DAY_SECONDS, maxOpenings: 0 };
}
