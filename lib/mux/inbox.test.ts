import { describe, expect, it } from 'vitest';
import type { DuplexConsumer } from './duplex';
import { Inbox } from './inbox';
import { ascii, settle } from './testing';

function consumer(log: string[]): DuplexConsumer {
  return {
    data: (chunk) => log.push(new TextDecoder().decode(chunk)),
    end: () => log.push('end'),
    reset: ({ code }) => log.push(code),
    drain: () => log.push('drain'),
  };
}

describe('an inbox', () => {
  it('S7 keeps the order of what came before, while and after a consumer is attached', async () => {
    const log: string[] = [];
    const inbox = new Inbox();
    inbox.data(ascii('before'));
    inbox.drain();
    inbox.attach(consumer(log));
    inbox.data(ascii('while'));
    expect(log).toEqual([]);
    await settle();
    inbox.data(ascii('after'));
    inbox.end();
    expect(log).toEqual(['before', 'while', 'drain', 'after', 'end']);
  });

  it('S7 keeps what arrives while it hands over what waited', async () => {
    const log: string[] = [];
    const inbox = new Inbox();
    const inner = consumer(log);
    inbox.data(new Uint8Array(2_000).fill(0x61));
    inbox.data(new Uint8Array(2_000).fill(0x62));
    inbox.attach({
      ...inner,
      data: (chunk) => {
        log.push(`${String.fromCharCode(chunk[0]!)}${chunk.length}`);
        if (chunk[0] === 0x61) inbox.data(ascii('c'));
        if (chunk[0] === 0x61) inbox.end();
      },
    });
    await settle();
    expect(log).toEqual(['a2000', 'b2000', 'c1', 'end']);
  });

  it('S4 a reset drops what waits and is the last event', async () => {
    const log: string[] = [];
    const inbox = new Inbox();
    inbox.data(ascii('dropped'));
    inbox.end();
    inbox.reset({ code: 'refused', text: '' });
    inbox.reset({ code: 'ok', text: '' });
    inbox.attach(consumer(log));
    inbox.data(ascii('late'));
    await settle();
    inbox.end();
    expect(log).toEqual(['refused']);
  });

  it('gives nothing after it was discarded, not even what waited', async () => {
    const log: string[] = [];
    const inbox = new Inbox();
    inbox.data(ascii('dropped'));
    inbox.attach(consumer(log));
    inbox.discard();
    inbox.reset({ code: 'ok', text: '' });
    await settle();
    expect(log).toEqual([]);
  });

  it('hands what a consumer throws to its owner and goes on', async () => {
    const faults: unknown[] = [];
    const log: string[] = [];
    const inbox = new Inbox((error) => faults.push(error));
    inbox.attach({
      ...consumer(log),
      data: () => {
        throw new Error('broken');
      },
    });
    await settle();
    inbox.data(ascii('x'));
    inbox.end();
    expect(faults).toEqual([new Error('broken')]);
    expect(log).toEqual(['end']);
  });
});
