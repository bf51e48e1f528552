import { CLOSE, type NotebookCloseCode } from '../../lib/notebook/wire';

/**
 * Why the server ends a connection to a notebook: the close code (rule N4) and what people are told, at most 123 bytes.
 * The name is what tests, logs and metrics share.
 */
export const REFUSALS = {
  'text-frame': [CLOSE.malformed, 'The notebook takes binary messages only.'],
  'message-malformed': [CLOSE.malformed, 'A message of this page is malformed. Reload the page.'],
  'update-malformed': [CLOSE.malformed, 'A change of this page is malformed. Reload the page.'],
  'update-harmful': [CLOSE.malformed, 'A change of this page cannot be applied. Reload the page.'],
  'awareness-malformed': [CLOSE.malformed, 'What this page says of you is malformed. Reload it.'],
  'viewer-wrote': [CLOSE.viewerWrote, 'With this link you may read the notebook, not change it.'],
  'update-too-large': [
    CLOSE.tooLarge,
    'A change is larger than the 4 MB that go in at once. Bring it in in parts.',
  ],
  'document-too-large': [
    CLOSE.tooLarge,
    'The notebook is full: it holds 16 MB. Clear results or delete cells first.',
  ],
  'awareness-too-large': [CLOSE.tooLarge, 'What this page says of you is larger than 4 KB.'],
  'too-many-messages': [CLOSE.tooMany, 'This page sends more than the server takes.'],
  'asked-too-often': [CLOSE.tooMany, 'This page asks for the document again and again.'],
  'slow-reader': [CLOSE.slowReader, 'This page did not keep up with the others. It comes back.'],
  'room-full': [CLOSE.busy, 'As many people as can be are in this notebook.'],
  'too-many-rooms': [CLOSE.busy, 'The server has as many notebooks open as it can have.'],
  'pending-too-large': [CLOSE.busy, 'Changes came before those they build upon. Trying again.'],
  'unstored-too-large': [CLOSE.busy, 'The server cannot store changes now and takes no more.'],
  'not-opened': [CLOSE.busy, 'The server cannot open this notebook now. Trying again.'],
  internal: [CLOSE.busy, 'The server failed at a message of this page. It is logged.'],
  'other-writer': [CLOSE.otherWriter, 'Another server writes this notebook now. Trying again.'],
  reopened: [CLOSE.otherWriter, 'The notebook is opened afresh. Trying again.'],
  revoked: [CLOSE.revoked, 'The owner of the playground revoked this link.'],
  'shutting-down': [CLOSE.shuttingDown, 'The server is restarting.'],
} as const satisfies Record<string, readonly [code: NotebookCloseCode, reason: string]>;

export type RefusalCode = keyof typeof REFUSALS;

/** Those the page is not to blame for; they are not counted as rejects. */
const NO_FAULT: ReadonlySet<RefusalCode> = new Set([
  'other-writer',
  'reopened',
  'revoked',
  'shutting-down',
]);

export function isFault(code: RefusalCode): boolean {
  return !NO_FAULT.has(code);
}
