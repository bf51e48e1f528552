import { MAX_TITLE_LENGTH } from '@/lib/snapshot/codec/header';
import type { SnapshotKind } from './baggage-lines';

/** What a link is for; it presets how long and how often it opens. */
export type Purpose = 'colleague' | 'template';

/** What a person has chosen in the dialog. */
export interface Choices {
  readonly kind: SnapshotKind;
  readonly purpose: Purpose;
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
  [0, 'Unlimited'],
  [1, 'Once'],
  [5, '5 times'],
  [10, '10 times'],
  [50, '50 times'],
];

export const PURPOSES: Record<Purpose, { readonly name: string; readonly hint: string }> = {
  colleague: {
    name: 'For a colleague',
    hint: 'Whoever opens it gets a copy of the machine, as it is now, in a playground of their own.',
  },
  template: {
    name: 'Template for a workshop',
    hint: 'Everybody who opens it gets a machine of their own from it; there, Reset to start brings back what it is now.',
  },
};

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
    purpose: 'colleague',
    title: title.slice(0, MAX_TITLE_LENGTH),
    note: '',
    ttlSeconds: 7 * DAY_SECONDS,
    maxOpenings: 0,
  };
}

/** A workshop is opened by all its visitors, on a day that is prepared long before. */
export function withPurpose(choices: Choices, purpose: Purpose): Choices {
  if (purpose === 'colleague') return { ...choices, purpose };
  return { ...choices, purpose, ttlSeconds: 30 * DAY_SECONDS, maxOpenings: 0 };
}
