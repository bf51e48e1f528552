import type { BaseRef } from './types';

/** What went wrong with a snapshot; the code is what tests, the log and the page share. */
export type SnapshotErrorCode =
  /** It does not begin as a snapshot does. */
  | 'not-a-snapshot'
  /** A later Warren wrote it. */
  | 'newer-version'
  /** The base state it is told by its differences from is not to be had. */
  | 'other-base'
  /** Its devices were written by another version of the emulator. */
  | 'other-emulator'
  | 'damaged'
  | 'too-large'
  | 'wrong-key';

/** The base a snapshot wants, and what it was made with (rule S12 of docs/snapshot.md). */
export interface SnapshotBase extends BaseRef {
  /** The version of the emulator's states, as `GenerationFacts` has it. */
  readonly v86: string;
  /** E.g. `17.11`. */
  readonly postgres: string;
  /** The image's id in its manifest. */
  readonly image: string;
}

/** A snapshot's failure. The message is for a person: what happened, what it means, what to do. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';

  constructor(
    readonly code: SnapshotErrorCode,
    message: string,
    options?: ErrorOptions & { base?: SnapshotBase },
  ) {
    super(message, options);
    this.base = options?.base;
  }

  /** Of `other-base`: the one that was wanted. */
  readonly base: SnapshotBase | undefined;
}

/**
 * @param part which part, as the subject of a sentence, e.g. `piece 12 (pages)`
 * @param finding what was found of it, e.g. `does not have the hash it should have`
 */
export function damaged(part: string, finding: string, options?: ErrorOptions): SnapshotError {
  return new SnapshotError(
    'damaged',
    `The snapshot is damaged: ${part} ${finding}. Nothing was changed; get another copy of it.`,
    options,
  );
}
