import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LIST_TERMINALS } from '../../lib/machine/terminal-list';
import type { Duplex } from '../../lib/mux/duplex';
import type { Metadata } from '../../lib/mux/metadata';
import type { IncomingStream } from '../../lib/mux/stream';
import { ascii, pattern, record } from '../../lib/mux/testing';
import { LIMITS } from '../limits';
import { TestTunnel } from '../testing/test-host';
import { type TestLink, type TestPlayground, TestRelay } from '../testing/test-relay';
import { until } from '../testing/until';

const PTY: Metadata = [
  ['kind', 'pty'],
  ['terminal', 'tp1'],
  ['arg', 'psql'],
  ['env', 'TERM=xterm-256color'],
  ['cols', '80'],
];
/** Long enough for a busy machine to answer in the tests that do. */
const HOST_ACCEPT_MS = 4_000;

describe('a terminal over the relay', () => {
  let relay: TestRelay;
  let playground: TestPlayground;
  let editor: TestLink;
  let host: TestTunnel;
  let offered: IncomingStream[];
  const tunnels: TestTunnel[] = [];

  beforeAll(async () => {
    const limits = { createsPerAddressPerMinute: 1_000, hostAcceptMs: HOST_ACCEPT_MS };
    relay = await TestRelay.start({ limits });
  });
  afterAll(() => relay?.stop());
  beforeEach(async () => {
    playground = await relay.createPlayground();
    editor = await relay.createLink(playground, 'editor');
    offered = [];
    const list = offered;
    host = await open('host', playground.owner, (stream) => list.push(stream));
  });
  afterEach(() => {
    for (const { socket } of tunnels.splice(0)) socket.terminate();
  });

  const open = async (
    as: 'host' | 'peer',
    link: TestLink,
    onStream?: (stream: IncomingStream) => void,
  ) => {
    const tunnel = await TestTunnel.open(relay, playground, link, as, onStream);
    tunnels.push(tunnel);
    return tunnel;
  };
  const next = async () => {
    await until(() => offered.length > 0, 'a stream at the host');
    return offered.shift()!;
  };
  const resetOf = async (stream: Duplex) => {
    const seen = record(stream);
    return until(() => seen.reset, 'a reset');
  };

  it('comes to the host with who asks and what for, and with nothing else', async () => {
    const page = await open('peer', editor);
    page.link.open([...PTY, ['role', 'owner'], ['peer', 'me'], ['link', 'mine'], ['session', 's']]);
    const { metadata } = await next();
    const [, , peer] = metadata;
    expect(peer).toEqual(['peer', expect.any(String)]);
    expect(peer).not.toEqual(['peer', 'me']);
    expect(metadata).toEqual([
      ['kind', 'pty'],
      ['role', 'editor'],
      peer,
      ['link', editor.id],
      ...PTY.slice(1),
    ]);
  });

  it('carries bytes, the answer and both ends', async () => {
    const page = await open('peer', playground.owner);
    const stream = page.link.open(PTY);
    const shown = record(stream);
    const guest = await next();
    const typed = record(guest);
    guest.accept([
      ['attached', '1'],
      ['other', 'x'],
    ]);
    guest.write(ascii('owner=# '));
    expect(await stream.accepted).toEqual([['attached', '1']]);
    stream.write(ascii('\\q\r'));
    await until(() => typed.text() === '\\q\r' && shown.text() === 'owner=# ', 'both to hear');
    guest.end();
    await until(() => shown.ended, 'the end');
    stream.end();
    await until(() => typed.ended, 'the other end');
    await until(() => page.link.streamCount === 0, 'the stream to be forgotten');
  });

  it('is listed, without what a list does not need', async () => {
    const page = await open('peer', editor);
    page.link.open([...LIST_TERMINALS, ...PTY.slice(1)]);
    expect((await next()).metadata.map(([key]) => key)).toEqual(['kind', 'role', 'peer', 'link']);
  });

  it('tells the page what the host says when it refuses', async () => {
    const page = await open('peer', editor);
    const stream = page.link.open(PTY);
    (await next()).reset('refused', 'Not for editors.');
    expect(await resetOf(stream)).toEqual({ code: 'refused', text: 'Not for editors.' });
  });

  it('is nothing for a viewer, whose request never reaches the host', async () => {
    const viewer = await relay.createLink(playground, 'viewer');
    const page = await open('peer', viewer);
    const before = await relay.rejects('mux', 'refused');
    for (const metadata of [PTY, LIST_TERMINALS]) {
      expect((await resetOf(page.link.open(metadata))).code).toBe('refused');
    }
    expect(await relay.rejects('mux', 'refused')).toBe(before + 2);
    expect(offered).toEqual([]);
  });

  it.each(['exec', 'put', 'get', 'list', 'sync', 'clock', 'entropy', 'health', 'snapshot', 'pty2'])(
    'is the only way in: an owner’s %s never reaches the host',
    async (kind) => {
      const page = await open('peer', playground.owner);
      const stream = page.link.open([
        ['kind', kind],
        ['path', '/etc/passwd'],
        ['arg', 'sh'],
      ]);
      expect((await resetOf(stream)).code).toBe('unknown-kind');
      expect(offered).toEqual([]);
    },
  );

  it('is refused when its description leaves no room for who asks', async () => {
    const page = await open('peer', editor);
    const long = page.link.open([...PTY, ['cwd', 'x'.repeat(3_990)]]);
    expect((await resetOf(long)).code).toBe('too-large');
    expect(offered).toEqual([]);
  });

  it('needs a host', async () => {
    host.link.close({ code: 'ok', text: '' });
    const page = await open('peer', playground.owner);
    await until(() => !relay.running.relay.hub.isHostOnline(playground.id), 'the host to go');
    expect((await resetOf(page.link.open(PTY))).code).toBe('unreachable');
  });

  it('is given up when the machine does not answer', async () => {
    const page = await open('peer', playground.owner);
    const stream = page.link.open(PTY);
    const guest = record(await next());
    expect((await resetOf(stream)).code).toBe('timeout');
    await until(() => guest.reset?.code === 'timeout', 'the host to hear');
  });

  it('is one of few: a flood of opens is refused above the limit, and closing makes room', async () => {
    const page = await open('peer', editor);
    const before = await relay.rejects('mux', 'busy');
    const streams = Array.from({ length: 60 }, () => page.link.open(PTY));
    const resets = streams.map((stream) => record(stream));
    const refused = streams.length - LIMITS.terminalStreamsPerPeer;
    await relay.untilRejected('mux', 'busy', before + refused - 1);
    await page.link.ping();
    await until(() => offered.length === LIMITS.terminalStreamsPerPeer, 'the others at the host');
    for (const guest of offered) guest.accept();
    expect(resets.filter(({ reset }) => reset?.code === 'busy')).toHaveLength(refused);
    streams[0]!.reset('ok');
    await page.link.ping();
    page.link.open(PTY);
    await until(() => offered.length === LIMITS.terminalStreamsPerPeer + 1, 'one more');
    // Another page has terminals of its own.
    (await open('peer', playground.owner)).link.open(PTY);
    await until(() => offered.length === LIMITS.terminalStreamsPerPeer + 2, 'another page’s');
  });

  it('is closed at the host when its link is revoked, and when its page goes', async () => {
    const page = await open('peer', editor);
    const shown = record(page.link.open(PTY));
    const guest = await next();
    const revoked = record(guest);
    guest.accept();
    await relay.revoke(playground, editor);
    await until(() => revoked.reset?.code === 'link-lost', 'the host to hear');
    await until(() => shown.reset?.code === 'link-lost', 'the page to hear');
    expect((await page.closed).code).toBe('revoked');

    const other = await open('peer', playground.owner);
    other.link.open(PTY);
    const left = record(await next());
    other.socket.terminate();
    await until(() => left.reset?.code === 'link-lost', 'the host to hear again');
  });

  it('is lost, not ended, when its host goes', async () => {
    const page = await open('peer', playground.owner);
    const stream = page.link.open(PTY);
    (await next()).accept();
    host.socket.terminate();
    expect((await resetOf(stream)).code).toBe('link-lost');
  });

  it('is slowed down by a page that does not read, and loses nothing', async () => {
    const page = await open('peer', playground.owner);
    const stream = page.link.open(PTY);
    const shown = record(stream, { consume: false });
    const guest = await next();
    const sent = record(guest);
    guest.accept();
    const size = 16_384;
    let written = 0;
    // Until what is written stays where it is: a window on each hop, and the queues between.
    while (guest.write(pattern(3, written, size))) {
      written += size;
      await page.link.ping();
      await host.link.ping();
    }
    written += size;
    expect(written).toBeLessThan(4 * LIMITS.windowBytes);
    expect(sent.drains).toBe(0);
    let consumed = 0;
    await until(() => {
      stream.consumed(shown.length - consumed);
      consumed = shown.length;
      return shown.length === written;
    }, 'all to arrive');
    expect(sent.drains).toBe(1);
    expect(Buffer.compare(shown.bytes(), pattern(3, 0, written))).toBe(0);
  });
});
