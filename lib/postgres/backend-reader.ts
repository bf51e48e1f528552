import { type BackendMessage, type Discarded, parseMessage } from './backend-messages';
import { decodeText } from './decode-text';
import { RowBatch } from './row-batch';

/**
 * The longest message taken in, in bytes. A message must be whole before it means anything, so
 * this bounds what one row can cost; PostgreSQL itself would send up to 1 GB.
 */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

/** How much of the results is kept; what comes beyond is counted and thrown away. */
export interface RowLimits {
  /** Rows of each statement. */
  readonly maxRows: number;
  /** Bytes of rows of a whole request, as they come on the wire. */
  readonly maxBytes: number;
}

export const NO_ROW_LIMITS: RowLimits = { maxRows: Infinity, maxBytes: Infinity };

const HEADER_BYTES = 5;
/** A message that comes in pieces gets memory as it comes, not as it claims. */
const FIRST_ALLOCATION_BYTES = 64 * 1024;
const DATA_ROW = 0x44;
const COPY_DATA = 0x64;
const COMMAND_COMPLETE = 0x43;

/** What the bytes at the cursor are. */
type State =
  | { readonly at: 'header' }
  /** Inside a message that is skipped. */
  | { readonly at: 'skip'; left: number }
  /** Inside a CopyData, whose pieces are passed on as they come. */
  | { readonly at: 'copy'; left: number }
  /** Inside a message that must be whole first. */
  | { readonly at: 'body'; readonly type: number; readonly length: number; filled: number }
  | { readonly at: 'violation' };

const AT_HEADER: State = { at: 'header' };

/**
 * Reads a server's messages from chunks cut anywhere. Rows are checked, not decoded, and handed
 * out as one batch for each run of rows that lies whole in a chunk.
 *
 * Use: `push` a chunk, then call `next` until it returns undefined, then `push` the next one.
 */
export class BackendReader {
  readonly #maxMessageBytes: number;
  #limits = NO_ROW_LIMITS;
  #rowsLeft = Infinity;
  #bytesLeft = Infinity;
  #discardedRows = 0;
  #discardedBytes = 0;

  #chunk: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(this.#chunk.buffer);
  #at = 0;
  #state: State = AT_HEADER;
  readonly #header = new Uint8Array(HEADER_BYTES);
  readonly #headerView = new DataView(this.#header.buffer);
  #headerFilled = 0;
  #body = new Uint8Array(0);
  #starts = new Uint32Array(256);

  constructor({ maxMessageBytes = MAX_MESSAGE_BYTES }: { maxMessageBytes?: number } = {}) {
    this.#maxMessageBytes = maxMessageBytes;
  }

  /** Sets the limits of the request whose answers come next. */
  limit(limits: RowLimits): void {
    this.#limits = limits;
    this.#rowsLeft = limits.maxRows;
    this.#bytesLeft = limits.maxBytes;
    this.#forgetDiscarded();
  }

  /** Gives the next chunk; the reader and the batches keep views into it. */
  push(chunk: Uint8Array): void {
    if (this.#at < this.#chunk.length) throw new Error('the last chunk has not been read');
    this.#chunk = chunk;
    this.#view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
    this.#at = 0;
  }

  /** The next message, or undefined when the chunk is used up. After `violation` nothing comes. */
  next(): BackendMessage | undefined {
    while (this.#at < this.#chunk.length) {
      const message = this.#step();
      if (message) return message;
    }
    return undefined;
  }

  #step(): BackendMessage | undefined {
    const state = this.#state;
    switch (state.at) {
      case 'header':
        return this.#takeHeader();
      case 'skip': {
        const taken = Math.min(state.left, this.#chunk.length - this.#at);
        this.#at += taken;
        state.left -= taken;
        if (state.left === 0) this.#state = AT_HEADER;
        return undefined;
      }
      case 'copy':
        return this.#takeCopyData(state.left);
      case 'body':
        return this.#takeBody(state);
      case 'violation':
        this.#at = this.#chunk.length;
        return undefined;
    }
  }

  #takeHeader(): BackendMessage | undefined {
    if (this.#headerFilled === 0 && this.#chunk.length - this.#at >= HEADER_BYTES) {
      const type = this.#chunk[this.#at] ?? 0;
      const length = this.#view.getUint32(this.#at + 1);
      this.#at += HEADER_BYTES;
      return this.#open(type, length - 4);
    }
    const piece = this.#chunk.subarray(this.#at, this.#at + HEADER_BYTES - this.#headerFilled);
    this.#header.set(piece, this.#headerFilled);
    this.#headerFilled += piece.length;
    this.#at += piece.length;
    if (this.#headerFilled < HEADER_BYTES) return undefined;
    this.#headerFilled = 0;
    return this.#open(this.#header[0] ?? 0, this.#headerView.getUint32(1) - 4);
  }

  /** A header has been read; the body begins at the cursor. */
  #open(type: number, length: number): BackendMessage | undefined {
    if (length < 0) return this.#violation('malformed', `message of ${length + 4} bytes`);
    if (type === COPY_DATA) {
      if (length > 0) this.#state = { at: 'copy', left: length };
      return undefined;
    }
    const discarding = type === DATA_ROW && this.#rowsLeft <= 0;
    if (length > this.#maxMessageBytes && !discarding) {
      const detail = `a message of ${length} bytes; at most ${this.#maxMessageBytes} are taken`;
      return this.#violation('message-too-large', detail);
    }
    if (type === DATA_ROW && !this.#afford(length)) {
      this.#discardedRows++;
      this.#discardedBytes += length;
      this.#state = { at: 'skip', left: length };
      return undefined;
    }
    if (this.#chunk.length - this.#at < length) {
      this.#body = new Uint8Array(Math.min(length, FIRST_ALLOCATION_BYTES));
      this.#state = { at: 'body', type, length, filled: 0 };
      return undefined;
    }
    if (type === DATA_ROW) return this.#takeRows(length);
    const body = this.#chunk.subarray(this.#at, this.#at + length);
    this.#at += length;
    return this.#whole(type, body);
  }

  /** Takes a row out of what the limits allow. The first that does not fit ends the result. */
  #afford(length: number): boolean {
    if (this.#rowsLeft <= 0 || this.#bytesLeft < length) {
      this.#rowsLeft = 0;
      return false;
    }
    this.#rowsLeft--;
    this.#bytesLeft -= length;
    return true;
  }

  #takeBody(state: State & { at: 'body' }): BackendMessage | undefined {
    const piece = this.#chunk.subarray(this.#at, this.#at + state.length - state.filled);
    const needed = state.filled + piece.length;
    if (needed > this.#body.length) {
      const grown = new Uint8Array(Math.min(state.length, Math.max(needed, this.#body.length * 2)));
      grown.set(this.#body.subarray(0, state.filled));
      this.#body = grown;
    }
    this.#body.set(piece, state.filled);
    state.filled += piece.length;
    this.#at += piece.length;
    if (state.filled < state.length) return undefined;
    const body = this.#body;
    this.#body = new Uint8Array(0);
    this.#state = AT_HEADER;
    return this.#whole(state.type, body);
  }

  #whole(type: number, body: Uint8Array): BackendMessage | undefined {
    if (type === DATA_ROW) {
      const view = new DataView(body.buffer, body.byteOffset, body.length);
      const columns = checkRow(view, 0, body.length);
      if (columns === undefined) return this.#violation('malformed', 'a row of broken layout');
      return {
        type: 'rows',
        batch: new RowBatch(body, Uint32Array.of(2), columns, body.length),
      };
    }
    if (type === COMMAND_COMPLETE) return this.#commandComplete(body);
    try {
      return parseMessage(type, body);
    } catch (error) {
      if (error instanceof RangeError) return this.#violation('malformed', error.message);
      throw error;
    }
  }

  #commandComplete(body: Uint8Array): BackendMessage {
    if (body[body.length - 1] !== 0) return this.#violation('malformed', 'a tag without its NUL');
    const tag = decodeText(body, 0, body.length - 1);
    const discarded: Discarded = { rows: this.#discardedRows, bytes: this.#discardedBytes };
    this.#rowsLeft = this.#limits.maxRows;
    this.#forgetDiscarded();
    return { type: 'command-complete', tag, discarded };
  }

  #forgetDiscarded(): void {
    this.#discardedRows = 0;
    this.#discardedBytes = 0;
  }

  /** The cursor is at the body of a row that lies whole in the chunk: takes it and its like. */
  #takeRows(firstLength: number): BackendMessage {
    const view = this.#view;
    const end = this.#chunk.length;
    let length = firstLength;
    let rows = 0;
    let bytes = 0;
    let columns = -1;
    for (;;) {
      const found = checkRow(view, this.#at, length);
      if (found === undefined) return this.#violation('malformed', 'a row of broken layout');
      if (columns >= 0 && found !== columns) {
        return this.#violation('malformed', 'rows of different widths');
      }
      columns = found;
      this.#rememberRow(rows++, this.#at + 2);
      this.#at += length;
      bytes += length;
      const next = this.#at + HEADER_BYTES;
      if (next > end || this.#chunk[this.#at] !== DATA_ROW) break;
      length = view.getUint32(this.#at + 1) - 4;
      if (length < 0 || next + length > end || !this.#afford(length)) break;
      this.#at = next;
    }
    const batch = new RowBatch(this.#chunk, this.#starts.slice(0, rows), columns, bytes);
    return { type: 'rows', batch };
  }

  #rememberRow(row: number, start: number): void {
    if (row === this.#starts.length) {
      const grown = new Uint32Array(row * 2);
      grown.set(this.#starts);
      this.#starts = grown;
    }
    this.#starts[row] = start;
  }

  /** Passes on the CopyData at the cursor, and those that follow it in the chunk, as one piece. */
  #takeCopyData(firstLeft: number): BackendMessage {
    const end = this.#chunk.length;
    let left = Math.min(firstLeft, end - this.#at);
    const unfinished = firstLeft - left;
    if (unfinished > 0) {
      const chunk = this.#chunk.subarray(this.#at, end);
      this.#at = end;
      this.#state = { at: 'copy', left: unfinished };
      return { type: 'copy-data', chunk };
    }
    const joined = new Uint8Array(end - this.#at);
    let filled = 0;
    this.#state = AT_HEADER;
    for (;;) {
      joined.set(this.#chunk.subarray(this.#at, this.#at + left), filled);
      filled += left;
      this.#at += left;
      const next = this.#at + HEADER_BYTES;
      if (next > end || this.#chunk[this.#at] !== COPY_DATA) break;
      left = this.#view.getUint32(this.#at + 1) - 4;
      if (left < 0 || next + left > end) break;
      this.#at = next;
    }
    return { type: 'copy-data', chunk: joined.subarray(0, filled) };
  }

  #violation(code: 'malformed' | 'message-too-large', detail: string): BackendMessage {
    this.#state = { at: 'violation' };
    return { type: 'violation', code, detail };
  }
}

/** The number of cells of the row in `length` bytes at `start`; undefined when they do not fit. */
function checkRow(view: DataView, start: number, length: number): number | undefined {
  const end = start + length;
  if (length < 2) return undefined;
  const columns = view.getInt16(start);
  let at = start + 2;
  for (let i = 0; i < columns; i++) {
    if (at + 4 > end) return undefined;
    const cell = view.getInt32(at);
    at += cell < 0 ? 4 : 4 + cell;
  }
  return at === end && columns >= 0 ? columns : undefined;
}
