/**
 * The notebook's WebSocket: every number and name on the wire. The flow stands in docs/notebook.md, rules N1 to N9.
 *
 * A message is binary: varuint type, then by type
 *
 *     sync (0)             y-protocols/sync: step 1, step 2, update
 *     awareness (1)        varUint8Array: an awareness update of y-protocols
 *     auth (2)             never sent; a ticket has settled it before
 *     query awareness (3)  nothing; the answer is an awareness message with everybody
 *     stored (100)         server to page: varuint n, how many sync messages (step 2, update) are stored (N2)
 *     trouble (101)        server to page: varstring code, varstring text for people (N3)
 */
export const MESSAGE_SYNC = 0;
export const MESSAGE_AWARENESS = 1;
export const MESSAGE_QUERY_AWARENESS = 3;
export const MESSAGE_STORED = 100;
export const MESSAGE_TROUBLE = 101;

/** The subprotocol the server answers with (rule N1). */
export const NOTEBOOK_PROTOCOL = 'warren.notebook.1';
/** Subprotocols that carry something: the ticket, and the tab's key. */
export const TICKET_PREFIX = 'ticket.';
export const TAB_PREFIX = 'tab.';

/** A tab's key: 128 random bits as 22 characters of base64url (`newSecret` makes them). With it a tab takes back its awareness id (N6). */
export function tabProtocol(tab: string): string {
  return TAB_PREFIX + tab;
}

/** What a person has to know (N3). */
export type TroubleCode = 'storage-failed' | 'storage-back';

/** Close codes (N4); the reason beside them is a sentence for people. */
export const CLOSE = {
  malformed: 4400,
  /** The link was revoked, or the ticket not taken. */
  revoked: 4401,
  /** A viewer sent a change. */
  viewerWrote: 4403,
  /** Another server writes this document now. */
  otherWriter: 4409,
  tooLarge: 4413,
  tooMany: 4429,
  shuttingDown: 4500,
  /** The server cannot take this for now: its database is away, or as many are there as there may be. */
  busy: 4503,
  slowReader: 4513,
} as const;

export type NotebookCloseCode = (typeof CLOSE)[keyof typeof CLOSE];

/** A message so large that it was not even read (RFC 6455); it would be as large the next time. */
const MESSAGE_TOO_BIG = 1009;

/** Whether a page comes back by itself after this close code; also those that networks give (1006 and the like). */
export function mayComeBack(code: number): boolean {
  if (code === MESSAGE_TOO_BIG) return false;
  return code < 4400 || code > 4499 || code === CLOSE.otherWriter;
}
