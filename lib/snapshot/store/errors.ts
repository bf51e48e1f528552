import { StoreError, type StoreErrorCode } from './types';

/** How browsers (DOMException) and Node (`code`) name what can happen to storage. */
const CODES: Readonly<Record<string, StoreErrorCode>> = {
  QuotaExceededError: 'storage-full',
  ENOSPC: 'storage-full',
  EDQUOT: 'storage-full',
  NoModificationAllowedError: 'in-use',
  NotFoundError: 'missing',
  ENOENT: 'missing',
};

const MESSAGES: Readonly<Record<StoreErrorCode, string>> = {
  'storage-full':
    'This browser has no more room for machines. What was saved before is still there; delete machines you no longer need, or free space on the disk.',
  'in-use':
    'This machine is open in another tab of this browser. Nothing was changed; go on in that tab, or close it and try again.',
  missing: 'This browser keeps no such machine; its data was deleted, or it was kept elsewhere.',
  damaged:
    'A part of the machine in this browser’s storage is not what was written. An earlier copy may still be whole.',
  'storage-refused':
    'This browser keeps no data for this page, as in a private window or where data of sites is blocked.',
};

/** A StoreError with the text that goes with its code. */
export function storeError(code: StoreErrorCode, cause?: unknown): StoreError {
  return new StoreError(code, MESSAGES[code], { cause });
}

/** Anything that storage throws, as a StoreError. What it does not explain is `storage-refused`, with the reason told. */
export function asStoreError(thrown: unknown): StoreError {
  if (thrown instanceof StoreError) return thrown;
  const known = CODES[nameOf(thrown)];
  if (known) return storeError(known, thrown);
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new StoreError(
    'storage-refused',
    `This browser’s storage failed: ${reason}. What was saved before is not touched; save the machine to a file to be safe.`,
    { cause: thrown },
  );
}

/** Does `work`; what it throws becomes a StoreError. */
export async function storing<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw asStoreError(thrown);
  }
}

/** What `look` finds, or undefined when it is not there. */
export async function ifThere<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await storing(look);
  } catch (thrown) {
    if (thrown instanceof StoreError && thrown.code === 'missing') return undefined;
    throw thrown;
  }
}

function nameOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return '';
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return 'name' in thrown ? String(thrown.name) : '';
}
