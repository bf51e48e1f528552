import { beforeEach, describe, expect, it } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { AwarenessBook, type AwarenessOwner } from './awareness';
import { ByteReader } from './byte-reader';
import { awarenessMessage } from './write-message';

const owner = (tab?: string): AwarenessOwner => ({ link: 'linklink', tab });

/** An update as a page sends it. */
function saying(id: number, clock: number, state: unknown): Uint8Array {
  return body(awarenessMessage([{ id, clock, state: Buffer.from(JSON.stringify(state)) }]));
}

/** An awareness message without its type. */
function body(message: Uint8Array): Uint8Array {
  const reader = new ByteReader(message);
  reader.varUint();
  return reader.varBytes();
}

describe('who is where (N6, N7)', () => {
  let book: AwarenessBook;
  beforeEach(() => {
    book = new AwarenessBook(100);
  });

  /** What a page makes of everything that has gone out. */
  const page = new Awareness(new Y.Doc());
  const news = () => {
    applyAwarenessUpdate(page, body(book.takeNews()), 'server');
    return page.getStates();
  };

  it('passes on the newest state of each, in the form pages read', () => {
    const ada = owner();
    const bob = owner();
    book.receive(ada, saying(1001, 1, { name: 'Ada' }));
    book.receive(ada, saying(1001, 2, { name: 'Ada', cell: 'x' }));
    book.receive(bob, saying(1002, 1, { name: 'Bob' }));
    const states = news();
    expect(states.get(1001)).toEqual({ name: 'Ada', cell: 'x' });
    expect(states.get(1002)).toEqual({ name: 'Bob' });
    expect(book.hasNews).toBe(false);
    book.leave(ada);
    expect(news().has(1001)).toBe(false);
  });

  it('keeps signs of life apart from news', () => {
    const ada = owner();
    book.receive(ada, saying(2001, 1, { name: 'Ada' }));
    book.takeNews();
    book.receive(ada, saying(2001, 2, { name: 'Ada' }));
    expect(book.hasNews).toBe(false);
    expect(body(book.takeRenewals())).toEqual(Buffer.from(saying(2001, 2, { name: 'Ada' })));
    expect(body(book.takeRenewals())).toEqual(Buffer.from([0]));
  });

  it('drops what a connection says of others, and repeats nothing it heard', () => {
    const ada = owner();
    const mallory = owner();
    book.receive(ada, saying(3001, 1, { name: 'Ada' }));
    expect(book.receive(mallory, saying(3001, 9, { name: 'not Ada' }))).toBe(1);
    expect(book.receive(mallory, saying(3002, 1, { name: 'Mallory' }))).toBe(0);
    expect(book.receive(mallory, saying(3003, 1, { name: 'another' }))).toBe(1);
    expect(book.receive(mallory, saying(3001, 1, null))).toBe(1);
    expect([...news().keys()].filter((id) => id > 3000 && id < 4000)).toEqual([3001, 3002]);
    expect(page.getStates().get(3001)).toEqual({ name: 'Ada' });
  });

  it('hands an id to the same tab, and to nobody else', () => {
    const before = owner('tab-of-ada');
    const after = owner('tab-of-ada');
    book.receive(before, saying(4001, 5, { name: 'Ada' }));
    expect(book.receive(owner('another'), saying(4001, 6, { name: 'x' }))).toBe(1);
    expect(book.receive({ ...owner('tab-of-ada'), link: 'other123' }, saying(4001, 6, {}))).toBe(1);
    expect(book.receive(after, saying(4001, 5, { name: 'Ada' }))).toBe(0);
    news();
    expect(book.receive(before, saying(4001, 7, { name: 'old' }))).toBe(1);
    // The old connection ends afterwards: Ada stays.
    book.leave(before);
    expect(book.hasNews).toBe(false);
    book.leave(after);
    expect(news().has(4001)).toBe(false);
  });

  it('gives an id away when its connection has ended', () => {
    const ada = owner();
    book.receive(ada, saying(5001, 1, { name: 'Ada' }));
    book.leave(ada);
    expect(book.receive(owner(), saying(5001, 1, { name: 'Ada again' }))).toBe(0);
  });

  it('takes `__proto__` for a name like any other', () => {
    const state = JSON.parse('{"__proto__":{"polluted":true}}');
    expect(book.receive(owner(), saying(6001, 1, state))).toBe(0);
    news();
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each<[string, Uint8Array, string]>([
    ['a state that is larger than allowed', saying(1, 1, { a: 'x'.repeat(100) }), 'too-large'],
    ['a state that is no object', saying(1, 1, 'text'), 'malformed'],
    ['a state that is no JSON', body(entry('{a}')), 'malformed'],
    ['an id that is no id', saying(2 ** 40, 1, {}), 'malformed'],
    ['a length beyond the end', new Uint8Array([1, 1, 1, 100, 0x7b]), 'malformed'],
    ['bytes after the end', Buffer.concat([saying(1, 1, {}), Buffer.from([0])]), 'malformed'],
  ])('refuses %s', (_name, update, fault) => {
    expect(book.receive(owner(), update)).toBe(`awareness-${fault}`);
  });

  it('reads what y-protocols writes', () => {
    const awareness = new Awareness(new Y.Doc());
    awareness.setLocalState({ name: 'Ada' });
    const update = encodeAwarenessUpdate(awareness, [awareness.clientID]);
    expect(book.receive(owner(), update)).toBe(0);
    awareness.destroy();
  });
});

function entry(json: string): Uint8Array {
  return awarenessMessage([{ id: 1, clock: 1, state: Buffer.from(json) }]);
}
