import { describe, expect, it } from 'vitest';
import type { BackendMessage } from './backend-messages';
import { BackendReader, NO_ROW_LIMITS } from './backend-reader';
import {
  commandComplete,
  copyData,
  dataRow,
  raw,
  readyForQuery,
  rowDescription,
} from './testing/backend';
import { join, splits } from './testing/split';

function* messages(reader: BackendReader, chunks: Iterable<Uint8Array>): Generator<BackendMessage> {
  for (const chunk of chunks) {
    reader.push(chunk);
    for (let message = reader.next(); message; message = reader.next()) yield message;
  }
}

/** Rows as text, copied bytes as text, everything else by its type; runs are joined. */
function summary(reader: BackendReader, chunks: Iterable<Uint8Array>) {
  const rows: (string | null)[][] = [];
  const others: string[] = [];
  let copied = '';
  for (const message of messages(reader, chunks)) {
    if (message.type === 'rows') {
      for (let i = 0; i < message.batch.rowCount; i++) rows.push(message.batch.row(i));
    } else if (message.type === 'copy-data') {
      copied += new TextDecoder().decode(message.chunk);
    } else if (message.type === 'command-complete') {
      others.push(`${message.tag} -${message.discarded.rows}/${message.discarded.bytes}`);
    } else {
      others.push(message.type === 'violation' ? message.code : message.type);
    }
  }
  return { rows, others, copied };
}

const ROWS = [
  ['1', 'eins'],
  ['2', null],
  ['', 'zwei 😀'],
];
const RESULT = join(
  rowDescription('a', 'b'),
  ...ROWS.map((cells) => dataRow(...cells)),
  commandComplete('SELECT 3'),
  readyForQuery(),
);

describe('rows', () => {
  it('are the same however the bytes are split', () => {
    for (const chunks of splits(RESULT)) {
      const { rows, others } = summary(new BackendReader(), chunks);
      expect(rows).toEqual(ROWS);
      expect(others).toEqual(['row-description', 'SELECT 3 -0/0', 'ready']);
    }
  });

  it('that lie whole in a chunk come as one batch', () => {
    const kinds = [...messages(new BackendReader(), [RESULT])].map(({ type }) => type);
    expect(kinds).toEqual(['row-description', 'rows', 'command-complete', 'ready']);
  });

  it('may have no cells', () => {
    const bytes = join(rowDescription(), dataRow(), dataRow(), commandComplete('SELECT 2'));
    for (const chunks of splits(bytes)) {
      expect(summary(new BackendReader(), chunks).rows).toEqual([[], []]);
    }
  });

  it('of different widths in one run are a violation', () => {
    const { others } = summary(new BackendReader(), [join(dataRow('1'), dataRow('1', '2'))]);
    expect(others).toEqual(['malformed']);
  });

  it('by the thousand are one batch too', () => {
    const bytes = join(...Array.from({ length: 1_000 }, (_, i) => dataRow(String(i))));
    const { rows } = summary(new BackendReader(), [bytes]);
    expect(rows.length).toBe(1_000);
    expect(rows[999]).toEqual(['999']);
  });
});

describe('limits', () => {
  /** 2 bytes of count, 4 of length, 1 of text. */
  const ROW_BYTES = 7;
  const FOUR = join(dataRow('1'), dataRow('2'), dataRow('3'), dataRow('4'));

  function limited(limits: Partial<typeof NO_ROW_LIMITS>) {
    const reader = new BackendReader({ maxMessageBytes: 20 });
    reader.limit({ ...NO_ROW_LIMITS, ...limits });
    return reader;
  }

  it('keep the first rows of each statement and count the others', () => {
    const bytes = join(FOUR, commandComplete('SELECT 4'), FOUR, commandComplete('SELECT 4'));
    for (const chunks of splits(bytes)) {
      const { rows, others } = summary(limited({ maxRows: 3 }), chunks);
      expect(rows.flat().join('')).toBe('123123');
      expect(others).toEqual([`SELECT 4 -1/${ROW_BYTES}`, `SELECT 4 -1/${ROW_BYTES}`]);
    }
  });

  it('keep the first bytes of the whole request', () => {
    const bytes = join(FOUR, commandComplete('SELECT 4'), FOUR, commandComplete('SELECT 4'));
    for (const chunks of splits(bytes)) {
      const { rows, others } = summary(limited({ maxBytes: 5 * ROW_BYTES + 6 }), chunks);
      expect(rows.flat().join('')).toBe('12341');
      expect(others).toEqual(['SELECT 4 -0/0', `SELECT 4 -3/${3 * ROW_BYTES}`]);
    }
  });

  it('drop all that follows the first row that does not fit, so no row is missing in between', () => {
    const bytes = join(dataRow('1'), dataRow('long value'), dataRow('3'), commandComplete('X'));
    const { rows } = summary(limited({ maxBytes: 2 * ROW_BYTES }), [bytes]);
    expect(rows).toEqual([['1']]);
  });

  it('begin anew with each request', () => {
    const reader = limited({ maxRows: 1 });
    summary(reader, [FOUR]);
    reader.limit(NO_ROW_LIMITS);
    expect(summary(reader, [FOUR, commandComplete('SELECT 4')]).others).toEqual(['SELECT 4 -0/0']);
  });

  it('of a message end everything at its header', () => {
    for (const type of ['D', 'E', 'S', 'T']) {
      for (const chunks of splits(raw(type, 25))) {
        const { others } = summary(limited({}), [...chunks, readyForQuery()]);
        expect(others).toEqual(['message-too-large']);
      }
    }
  });

  it('of a message do not count for rows that are dropped anyway', () => {
    const bytes = join(FOUR, dataRow('a value of more than twenty bytes'), commandComplete('X'));
    for (const chunks of splits(bytes)) {
      const { others } = summary(limited({ maxRows: 4 }), chunks);
      expect(others).toEqual(['X -1/39']);
    }
  });

  it('cost no memory before the bytes are there', () => {
    const readers = Array.from({ length: 1_000 }, () => new BackendReader());
    const before = process.memoryUsage().arrayBuffers;
    for (const reader of readers) summary(reader, [raw('D', 60_000_000, 0, 1)]);
    const grown = process.memoryUsage().arrayBuffers - before;
    expect(grown).toBeLessThan(200_000_000);
  });
});

describe('COPY data', () => {
  const BYTES = join(copyData('1\tone\n'), copyData(''), copyData('2\ttwo\n'), readyForQuery());

  it('is the same however the bytes are split', () => {
    for (const chunks of splits(BYTES)) {
      const { copied, others } = summary(new BackendReader(), chunks);
      expect(copied).toBe('1\tone\n2\ttwo\n');
      expect(others).toEqual(['ready']);
    }
  });

  it('of many messages in a chunk comes as one piece', () => {
    const lines = Array.from({ length: 100 }, (_, i) => `${i}\n`);
    const pieces = [...messages(new BackendReader(), [join(...lines.map(copyData))])];
    expect(pieces.length).toBe(1);
  });

  it('has no limit: its pieces are passed on as they come', () => {
    const reader = new BackendReader({ maxMessageBytes: 4 });
    const { copied } = summary(reader, [copyData('x'.repeat(1_000))]);
    expect(copied.length).toBe(1_000);
  });
});

it('a chunk must be read before the next is given', () => {
  const reader = new BackendReader();
  reader.push(readyForQuery());
  expect(() => reader.push(readyForQuery())).toThrow();
});
