import { describe, expect, it } from 'vitest';
import type { Duplex } from '../mux/duplex';
import type { OutgoingStream } from '../mux/link';
import { encodeMetadata, type Metadata } from '../mux/metadata';
import { duplexPair } from '../mux/pair';
import { ascii, concat, record, settle } from '../mux/testing';
import { encodeRecord, MAX_RECORD_BYTES, RecordReader } from './records';
import {
  TerminalAttachment,
  type TerminalEnd,
  TYPED_MAX_BYTES,
  terminalMetadata,
} from './terminal';
import { psqlAs, shellAs } from './terminal-programs';

describe('a terminal', () => {
  it('T3 shows what the program writes and tells its end, cut anywhere', async () => {
    const wire = concat([
      encodeRecord(1, ascii('owner=# ')),
      encodeRecord(1, ascii('select 1')),
      encodeRecord(4, Uint8Array.of(3)),
    ]);
    for (let cut = 0; cut <= wire.length; cut += 1) {
      const { terminal, guest } = attach();
      guest.write(wire.slice(0, cut));
      await settle();
      guest.write(wire.slice(cut));
      await settle();
      expect(terminal.text()).toBe('owner=# select 1');
      expect(terminal.ends).toEqual([{ kind: 'exit', exitCode: 3 }]);
    }
  });

  it('T1 tells whether it was there already', async () => {
    const { terminal } = attach([['attached', '1']]);
    await settle();
    expect(terminal.opened).toEqual([true]);
    const fresh = attach();
    await settle();
    expect(fresh.terminal.opened).toEqual([false]);
  });

  it('T2 sends what is typed in records, a long paste too', async () => {
    const { attachment, guest } = attach();
    const heard = record(guest);
    const paste = new Uint8Array(3 * MAX_RECORD_BYTES + 5).fill(97);
    expect(attachment.type(ascii('\\dt\r'))).toBe(true);
    expect(attachment.type(paste)).toBe(true);
    await settle();
    const pieces = new RecordReader().read(heard.bytes()) ?? [];
    expect(new Set(pieces.map(({ channel }) => channel))).toEqual(new Set([0]));
    const typed = concat(pieces.map(({ bytes }) => bytes));
    expect(Buffer.compare(typed, concat([ascii('\\dt\r'), paste]))).toBe(0);
  });

  it('T2 sends its size, within what a terminal may have, and the signal that ends it', async () => {
    const { attachment, guest } = attach();
    const heard = record(guest);
    attachment.resize({ cols: 300, rows: 24.7 });
    attachment.resize({ cols: 0, rows: 5_000 });
    attachment.hangUp();
    await settle();
    expect([...heard.bytes()]).toEqual([
      ...[5, 4, 0, 44, 1, 24, 0],
      ...[5, 4, 0, 1, 0, 232, 3],
      ...[3, 1, 0, 1],
    ]);
  });

  it('C3 holds the program up until the screen has taken its output', async () => {
    const { terminal, guest } = attach([], { slow: true });
    const sent = record(guest);
    while (guest.write(encodeRecord(1, new Uint8Array(16_384)))) await settle();
    await settle();
    const shown = terminal.length();
    expect(shown).toBeLessThanOrEqual(65_536);
    expect(sent.drains).toBe(0);
    while (sent.drains === 0) {
      terminal.catchUp();
      await settle();
    }
    expect(terminal.length()).toBeGreaterThan(shown);
  });

  it('keeps what is typed while the machine takes nothing, up to a limit, in order', async () => {
    const { attachment, guest } = attach();
    const heard = record(guest, { consume: false });
    const megabyte = new Uint8Array(1024 * 1024);
    let sent = 0;
    for (let number = 1; attachment.type(megabyte.slice().fill(number)); number += 1) sent = number;
    expect(sent * megabyte.length).toBeGreaterThanOrEqual(TYPED_MAX_BYTES);
    expect(sent).toBeLessThan(7);
    let consumed = 0;
    const reader = new RecordReader();
    const counts = new Map<number, number>();
    for (let at = 0; sumOf(counts) < sent * megabyte.length; ) {
      await settle();
      guest.consumed(heard.length - consumed);
      consumed = heard.length;
      for (; at < heard.chunks.length; at += 1) {
        for (const { bytes } of reader.read(heard.chunks[at]!) ?? []) {
          const [first] = bytes;
          expect(first).toBeGreaterThanOrEqual(Math.max(1, ...counts.keys()));
          for (const byte of bytes) counts.set(byte, (counts.get(byte) ?? 0) + 1);
        }
      }
    }
    expect([...counts.values()]).toEqual(Array(sent).fill(megabyte.length));
  });

  it.each<[string, Uint8Array]>([
    ['X1 a record too long', Uint8Array.of(1, 0xff, 0xff, 1)],
    ['T3 stderr', encodeRecord(2, ascii('x'))],
    ['T3 another channel', encodeRecord(200, ascii('x'))],
    ['X3 an exit code of two bytes', encodeRecord(4, ascii('xx'))],
    ['X3 an exit code of no byte', encodeRecord(4, ascii(''))],
  ])('refuses %s', async (_, bytes) => {
    const { terminal, guest } = attach();
    const heard = record(guest);
    guest.write(bytes);
    guest.write(encodeRecord(1, ascii('and more')));
    await settle();
    expect(heard.reset?.code).toBe('protocol-error');
    expect(terminal.ends).toMatchObject([{ kind: 'refused', reason: { code: 'protocol-error' } }]);
    expect(terminal.text()).toBe('');
  });

  it.each([
    ['replaced', 'taken'],
    ['refused', 'refused'],
    ['busy', 'refused'],
    ['link-lost', 'lost'],
    ['restored', 'lost'],
    ['unreachable', 'lost'],
  ] as const)('takes a reset with %s as %s', async (code, kind) => {
    const { terminal, guest } = attach();
    guest.reset(code, 'because');
    await settle();
    expect(terminal.ends).toMatchObject([{ kind }]);
  });

  it('T5 detached hears and says nothing more', async () => {
    const { attachment, terminal, guest } = attach();
    const heard = record(guest);
    attachment.detach();
    attachment.type(ascii('x'));
    attachment.resize({ cols: 1, rows: 1 });
    attachment.hangUp();
    await settle();
    expect(heard.reset?.code).toBe('ok');
    expect(heard.length).toBe(0);
    expect(terminal.ends).toEqual([]);
  });

  it('M1 opens each program within the pairs the relay has room for', () => {
    for (const program of [
      psqlAs('owner'),
      psqlAs('editor'),
      shellAs('postgres'),
      shellAs('root'),
    ]) {
      const size = { cols: 80, rows: 24 };
      const metadata = terminalMetadata({ terminal: 'tp1', ...program, size });
      const added = ['role', 'peer', 'link'].map((key) => [key, 'x'] as const);
      expect(() => encodeMetadata([...metadata, ...added])).not.toThrow();
    }
  });
});

/** An attachment whose screen takes all at once, or when told to. */
function attach(answer: Metadata = [], { slow = false } = {}) {
  const [page, guest] = duplexPair();
  const shown: Uint8Array[] = [];
  const pending: (() => void)[] = [];
  const opened: boolean[] = [];
  const ends: TerminalEnd[] = [];
  const attachment = new TerminalAttachment(outgoing(page, answer), {
    opened: (attached) => opened.push(attached),
    output: (bytes, done) => {
      shown.push(bytes.slice());
      if (slow) pending.push(done);
      else done();
    },
    ended: (end) => ends.push(end),
  });
  const terminal = {
    opened,
    ends,
    text: () => new TextDecoder().decode(concat(shown)),
    length: () => shown.reduce((sum, { length }) => sum + length, 0),
    catchUp: () => {
      for (const done of pending.splice(0)) done();
    },
  };
  return { attachment, terminal, guest };
}

function outgoing(duplex: Duplex, answer: Metadata): OutgoingStream {
  return Object.assign(duplex, { accepted: Promise.resolve(answer) });
}

function sumOf(counts: ReadonlyMap<number, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
