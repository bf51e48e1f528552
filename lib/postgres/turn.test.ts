import { describe, expect, it } from 'vitest';
import type { BackendMessage } from './backend-messages';
import { BackendReader } from './backend-reader';
import {
  bare,
  commandComplete,
  copyData,
  copyResponse,
  dataRow,
  errorOrNotice,
  readyForQuery,
  rowDescription,
} from './testing/backend';
import { join } from './testing/split';
import { TURN_START, type Turn, takeTurn } from './turn';

function parse(...bytes: Uint8Array[]): BackendMessage[] {
  const reader = new BackendReader();
  reader.push(join(...bytes));
  const messages: BackendMessage[] = [];
  for (let message = reader.next(); message; message = reader.next()) messages.push(message);
  return messages;
}

/** The events of an answer, by name. */
function events(first: Turn, ...bytes: Uint8Array[]): string[] {
  let turn = first;
  return parse(...bytes).flatMap((message) => {
    const step = takeTurn(turn, message);
    turn = step.turn;
    return step.event ? [step.event.type] : [];
  });
}

const FAILURE = errorOrNotice('E', { S: 'ERROR', C: '42601', M: 'no' });

describe('an answer', () => {
  it('to a script of several statements', () => {
    const answer = [
      rowDescription('a'),
      dataRow('1'),
      commandComplete('SELECT 1'),
      commandComplete('CREATE TABLE'),
      FAILURE,
      readyForQuery(),
    ];
    expect(events(TURN_START, ...answer)).toEqual([
      'fields',
      'rows',
      'statement',
      'statement',
      'failed',
      'over',
    ]);
  });

  it('to an empty script', () => {
    expect(events(TURN_START, bare('I'), readyForQuery())).toEqual(['statement', 'over']);
  });

  it('to a query with parameters', () => {
    const answer = [bare('1'), bare('2'), rowDescription('a'), dataRow('1')];
    const rest = [commandComplete('SELECT 1'), readyForQuery()];
    expect(events(TURN_START, ...answer, ...rest)).toEqual(['fields', 'rows', 'statement', 'over']);
  });

  it('to a prepared statement, whose columns are known', () => {
    const answer = [bare('2'), dataRow('1', '2'), commandComplete('SELECT 1'), readyForQuery()];
    const first: Turn = { stage: 'in-rows', columns: 2 };
    expect(events(first, ...answer)).toEqual(['rows', 'statement', 'over']);
  });

  it('to a COPY in and a COPY out', () => {
    const out = [copyResponse('H', 1), copyData('x'), bare('c'), commandComplete('COPY 1')];
    expect(events(TURN_START, ...out)).toEqual(['copy-data', 'statement']);
    const into = [copyResponse('G', 1), commandComplete('COPY 1'), readyForQuery()];
    expect(events(TURN_START, ...into)).toEqual(['copy-in', 'statement', 'over']);
  });

  it('that fails in the middle of anything', () => {
    for (const begun of [rowDescription('a'), copyResponse('H', 1), copyResponse('G', 1)]) {
      expect(events(TURN_START, begun, FAILURE, readyForQuery()).slice(-2)).toEqual([
        'failed',
        'over',
      ]);
    }
  });
});

describe('a message out of place', () => {
  it.each<[string, Uint8Array[]]>([
    ['rows without columns', [dataRow('1')]],
    ['rows of another width', [rowDescription('a'), dataRow('1', '2')]],
    ['columns among rows', [rowDescription('a'), rowDescription('a')]],
    ['COPY data without COPY', [copyData('x')]],
    ['a COPY that just ends', [copyResponse('H', 1), readyForQuery()]],
    ['rows in a COPY', [copyResponse('H', 1), dataRow('1')]],
    ['anything after an error but ready', [FAILURE, commandComplete('SELECT 1')]],
    ['a key', [Uint8Array.of(0x4b, 0, 0, 0, 12, 0, 0, 0, 1, 1, 2, 3, 4)]],
  ])('is a violation: %s', (_name, bytes) => {
    expect(events(TURN_START, ...bytes).at(-1)).toBe('violation');
  });
});

describe('a command tag', () => {
  it.each([
    ['SELECT 12', 'SELECT', 12],
    ['INSERT 0 3', 'INSERT', 3],
    ['UPDATE 0', 'UPDATE', 0],
    ['COPY 7', 'COPY', 7],
    ['CREATE TABLE', 'CREATE TABLE', undefined],
    ['BEGIN', 'BEGIN', undefined],
    ['', '', undefined],
  ])('%j has the command %j and the count %j', (tag, command, rowCount) => {
    const [message] = parse(commandComplete(tag));
    if (!message) throw new Error('no message');
    const { event } = takeTurn(TURN_START, message);
    expect(event).toMatchObject({ type: 'statement', result: { tag, command, rowCount } });
  });
});
