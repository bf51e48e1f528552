import { describe, expect, it } from 'vitest';
import { Link } from './link';
import { messagePortTransport } from './message-port';
import type { Reason } from './reason';
import type { IncomingStream } from './stream';
import { KIND_PG, record, settle, until } from './testing';
import { describeDuplex } from './testing-duplex';
import type { TransportHandlers } from './transport';

describeDuplex('a MessagePort', async () => {
  const { port1, port2 } = new MessageChannel();
  const offered = new Promise<IncomingStream>((resolve) => {
    new Link(messagePortTransport(port2), { role: 'server', window: 40_000, onStream: resolve });
  });
  const link = new Link(messagePortTransport(port1), { role: 'client', window: 40_000 });
  const a = link.open(KIND_PG);
  const b = await offered;
  b.accept();
  return { a, b, close: () => link.close({ code: 'ok', text: '' }) };
});

function handlers(): TransportHandlers & { bytes: number; writables: number; closes: Reason[] } {
  const seen = {
    bytes: 0,
    writables: 0,
    closes: [] as Reason[],
    data: (bytes: Uint8Array) => {
      seen.bytes += bytes.length;
    },
    writable: () => {
      seen.writables += 1;
    },
    closed: (reason: Reason = { code: 'link-lost', text: '' }) => {
      seen.closes.push(reason);
    },
  };
  return seen;
}

describe('a MessagePort', () => {
  it('has a window, since postMessage has no back-pressure', async () => {
    const { port1, port2 } = new MessageChannel();
    const left = messagePortTransport(port1);
    const atLeft = handlers();
    left.attach(atLeft);
    let posted = 0;
    while (left.writable()) {
      left.send(new Uint8Array(65_536));
      posted += 65_536;
    }
    expect(posted).toBe(524_288);
    const right = messagePortTransport(port2);
    const atRight = handlers();
    right.attach(atRight);
    await until(() => atLeft.writables > 0);
    expect(left.writable()).toBe(true);
    await until(() => atRight.bytes === posted);
    left.close({ code: 'ok', text: '' });
  });

  it('transfers buffers instead of copying them', async () => {
    const { port1 } = new MessageChannel();
    const left = messagePortTransport(port1);
    left.attach(handlers());
    const bytes = new Uint8Array(1_000);
    left.send(bytes);
    expect(bytes.length).toBe(0);
    left.close({ code: 'ok', text: '' });
  });

  it('tells the other end why it closes, after what was sent', async () => {
    const { port1, port2 } = new MessageChannel();
    const [left, right] = [messagePortTransport(port1), messagePortTransport(port2)];
    const atRight = handlers();
    left.attach(handlers());
    right.attach(atRight);
    left.send(new Uint8Array(10));
    left.close({ code: 'restored', text: 'from a saved state' });
    left.close({ code: 'ok', text: '' });
    await until(() => atRight.closes.length > 0);
    await settle();
    expect(atRight).toMatchObject({
      bytes: 10,
      closes: [{ code: 'restored', text: 'from a saved state' }],
    });
    expect([left.writable(), right.writable()]).toEqual([false, false]);
  });

  it('S7 a port whose other end is gone is closed', async () => {
    const { port1, port2 } = new MessageChannel();
    let closed: Reason | undefined;
    const link = new Link(messagePortTransport(port1), {
      role: 'client',
      onClosed: (reason) => {
        closed = reason;
      },
    });
    const told = record(link.open(KIND_PG));
    port2.close();
    await until(() => closed !== undefined);
    expect(told.reset?.code).toBe('link-lost');
  });
});
