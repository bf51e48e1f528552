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
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new MachineError(
    'emulator-failed',
    `The emulator failed: ${detail}. What was in the machine is lost; restart it to go on.`,
    { cause: thrown },
  );
}
