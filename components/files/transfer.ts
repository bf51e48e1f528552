import type { FileErrorCode } from '@/lib/machine/file-error';
import type { FileName } from '@/lib/machine/file-name';

/** How far a transfer is. A field exists only in the states that own it. */
export type TransferState =
  /** Files go into the machine one after the other. */
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'running';
      readonly bytes: number;
      /** Bytes a second of the last moments; undefined until there is something to tell. */
      readonly rate: number | undefined;
    }
  | { readonly kind: 'done'; readonly bytes: number; readonly ms: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly code: FileErrorCode; readonly message: string };

export interface Transfer {
  readonly id: number;
  readonly direction: 'up' | 'down';
  readonly name: FileName;
  /** Undefined when nobody can know, as of a dump that is being made. */
  readonly totalBytes: number | undefined;
  readonly state: TransferState;
}

export function isOver({ state }: Transfer): boolean {
  return state.kind !== 'waiting' && state.kind !== 'running';
}

/** How many bytes had gone by a moment, in milliseconds. */
export interface Sample {
  readonly at: number;
  readonly bytes: number;
}

/** The rate is that of the last moments, so that it tells of a transfer that stands still. */
const RATE_OVER_MS = 3_000;

/** Adds a sample and drops those too old to count; the first that is left is the last from before. */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const all = [...samples, sample];
  const from = all.findLastIndex(({ at }) => at <= sample.at - RATE_OVER_MS);
  return from > 0 ? all.slice(from) : all;
}

/** Bytes a second; undefined while the samples tell nothing. */
export function rateOf(samples: readonly Sample[]): number | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || last.at <= first.at) return undefined;
  return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
}
