import { SnapshotError } from '../snapshot/errors';
import { StoreError, type StoreErrorCode } from '../snapshot/store/types';
import type { MachineErrorCode } from './types';

/** A machine's failure. The message is for a person: what happened, what it means, what to do. */
export class MachineError extends Error {
  override readonly name = 'MachineError';

  constructor(
    readonly code: MachineErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** Any thrown value as a MachineError; what we did not foresee becomes `emulator-failed`. */
export function asMachineError(thrown: unknown): MachineError {
  if (thrown instanceof MachineError) return thrown;
  if (thrown instanceof StoreError) {
    return new MachineError(STORE_CODES[thrown.code], thrown.message, { cause: thrown });
  }
  if (thrown instanceof SnapshotError) {
    return new MachineError('image-damaged', thrown.message, { cause: thrown });
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new MachineError(
    'emulator-failed',
    `The emulator failed: ${detail}. Restart the machine: it goes on from where it was saved last.`,
    { cause: thrown },
  );
}

const STORE_CODES: Record<StoreErrorCode, MachineErrorCode> = {
  'storage-full': 'storage-full',
  'storage-refused': 'storage-refused',
  'in-use': 'in-use',
  damaged: 'kept-damaged',
  missing: 'kept-missing',
};
