import { describe, expect, it } from 'vitest';
import { duplexPair } from '../mux/pair';
import { ascii, record, settle } from '../mux/testing';
import { listTerminals, type TerminalEntry } from './terminal-list';

const PSQL: TerminalEntry = {
  terminal: 'tp1',
  command: 'psql',
  cols: 80,
  rows: 24,
  attached: true,
  ended: false,
};

describe('T6 the list of terminals', () => {
  it('comes in pieces, with whatever the command is called', async () => {
    const [page, guest] = duplexPair();
    const list = listTerminals(() => page);
    const sent = [PSQL, { ...PSQL, terminal: 'tp2', command: 'pröbchen"\n' }];
    for (const byte of ascii(`${JSON.stringify(sent)}\n`)) guest.write(Uint8Array.of(byte));
    guest.end();
    expect(await list).toEqual(sent);
  });

  it('keeps of an entry only what it knows', async () => {
    const [page, guest] = duplexPair();
    const list = listTerminals(() => page);
    guest.write(ascii(`[${JSON.stringify({ ...PSQL, later: 1 })}]\n`));
    guest.end();
    expect(await list).toEqual([PSQL]);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'tp1 psql\n'],
    ['no list', '{}\n'],
    ['null in it', '[null]\n'],
    ['a name that is none', JSON.stringify([{ ...PSQL, terminal: '../x' }])],
    ['a size that is none', JSON.stringify([{ ...PSQL, cols: '80' }])],
    ['more than a list can be', `[${' '.repeat(70_000)}]`],
  ])('is refused when it is %s', async (_, text) => {
    const [page, guest] = duplexPair();
    const heard = record(guest);
    const list = listTerminals(() => page);
    list.catch(() => {});
    guest.write(ascii(text));
    guest.end();
    await expect(list).rejects.toMatchObject({ reason: { code: 'protocol-error' } });
    await settle();
    expect(heard.reset?.code).toBe('protocol-error');
  });

  it('tells why there is none', async () => {
    const [page, guest] = duplexPair();
    const list = listTerminals(() => page);
    guest.reset('refused', 'not for you');
    await expect(list).rejects.toMatchObject({ reason: { code: 'refused', text: 'not for you' } });
  });
});
