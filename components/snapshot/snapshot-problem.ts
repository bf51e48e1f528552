import { MachineError } from '@/lib/machine/errors';
import { SnapshotError } from '@/lib/snapshot/errors';
import { TransferError } from './transfer/transfer-error';

/** Why a snapshot cannot be opened, for people. */
export interface SnapshotProblem {
  readonly title: string;
  /** What it means and what to do. */
  readonly text: string;
  /** Another attempt may go better. */
  readonly canRetry: boolean;
}

/** The address has no key, or something else behind the #. */
export const NO_KEY: SnapshotProblem = {
  title: 'This link has no key',
  text: 'The address alone opens nothing: the key stands behind a # at its end. Links are often cut when they are copied from a chat or a mail. Ask for the whole link.',
  canRetry: false,
};

/** Browsers give pages their cryptography only over https and on the own computer. */
export const INSECURE: SnapshotProblem = {
  title: 'This page is not on a secure connection',
  text: 'Browsers decrypt nothing for pages that come by plain http. Open the link with https, or ask whoever runs this server to set that up.',
  canRetry: false,
};

const WRONG_KEY: SnapshotProblem = {
  title: 'The key in this link does not fit',
  text: 'What stands behind the # is not this snapshot’s key, so nobody can read it with this link. It may have been cut or changed when it was copied. Ask for the link again.',
  canRetry: false,
};

const GONE: SnapshotProblem = {
  title: 'There is no snapshot here',
  text: 'It was deleted, has not been sent to its end, or the address is not whole. Ask whoever sent the link.',
  canRetry: false,
};

/** By the server's code; what is not listed is told in the server's own words. */
const BY_CODE: Readonly<Record<string, SnapshotProblem>> = {
  'snapshot-unknown': GONE,
  'snapshot-expired': {
    title: 'This snapshot has expired',
    text: 'Its maker let it open until a certain time, which is over; the server has removed it. Ask for another.',
    canRetry: false,
  },
  'snapshot-used-up': {
    title: 'This snapshot has been opened as often as it may',
    text: 'Its maker let it open a certain number of times. Ask for another.',
    canRetry: false,
  },
  'opening-unknown': {
    title: 'Opening it took too long',
    text: 'The server gives it out for a while only. Try again; that counts as another opening.',
    canRetry: true,
  },
};

/** What the server answered, or why it did not. */
export function problemOfAnswer(code: string, message: string, status: number): SnapshotProblem {
  const known = BY_CODE[code];
  if (known) return known;
  if (status === 404) return GONE;
  if (code === 'offline' || code === 'stalled') {
    return {
      title: 'The server cannot be reached',
      text: 'Nothing is lost. Check the network and try again.',
      canRetry: true,
    };
  }
  return { title: 'The snapshot cannot be opened just now', text: message, canRetry: true };
}

/** Anything that was thrown while a snapshot was read. */
export function problemOf(thrown: unknown): SnapshotProblem {
  if (thrown instanceof TransferError) {
    return problemOfAnswer(thrown.code, thrown.message, thrown.status);
  }
  if (thrown instanceof SnapshotError) {
    return thrown.code === 'wrong-key'
      ? WRONG_KEY
      : { title: TITLES[thrown.code], text: thrown.message, canRetry: RETRY.has(thrown.code) };
  }
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const title =
    thrown instanceof MachineError && thrown.code === 'storage-full'
      ? 'This browser has no room for it'
      : 'The snapshot was not opened';
  return { title, text, canRetry: true };
}

const TITLES: Record<Exclude<SnapshotError['code'], 'wrong-key'>, string> = {
  'not-a-snapshot': 'This is not a snapshot',
  'newer-version': 'This snapshot is of a newer Warren',
  'other-base': 'This snapshot needs another image',
  'other-emulator': 'This snapshot is of another emulator',
  damaged: 'This snapshot is damaged',
  'too-large': 'This snapshot is too large',
};
/** Damage may have happened on the way, a missing image may come back with the network. */
const RETRY: ReadonlySet<string> = new Set(['damaged', 'other-base']);
