import { describe, expect, onTestFinished, test } from 'vitest';
import { Cell } from '../../components/state/cell';
import { OwnTerminals } from '../../components/terminal/own-terminals';
import { TerminalDesk } from '../../components/terminal/terminal-desk';
import type { TerminalReach } from '../../components/terminal/terminal-reach';
import type { OpenStream, Screen, TerminalTab } from '../../components/terminal/terminal-tab';
import type { TerminalSize } from '../../lib/machine/terminal';
import { listTerminals } from '../../lib/machine/terminal-list';
import type { Link } from '../../lib/mux/link';
import { metadataValue } from '../../lib/mux/metadata';
import { type Agent, startAgent } from './testing/agent';
import { muxHost } from './testing/mux-host';

/** A screen of text; it takes what comes at once, or when it is told to. */
class TextScreen implements Screen {
  text = '';
  resets = 0;
  isSlow = false;
  size: TerminalSize = { cols: 100, rows: 30 };
  #pending: (() => void)[] = [];
  #pendingBytes = 0;
  #typed: (bytes: Uint8Array) => void = () => {};
  #resized: (size: TerminalSize) => void = () => {};
  #waiters = new Set<() => void>();
  readonly #decoder = new TextDecoder();

  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  write(bytes: Uint8Array | string, done: () => void = () => {}): void {
    if (typeof bytes === 'string') this.text += bytes;
    else this.text += this.#decoder.decode(bytes, { stream: true });
    if (this.isSlow) {
      this.#pending.push(done);
      this.#pendingBytes += bytes.length;
    } else done();
    for (const wake of this.#waiters) wake();
  }

  reset(): void {
    this.text = '';
    this.resets += 1;
  }

  onTyped(listener: (bytes: Uint8Array) => void): void {
    this.#typed = listener;
  }

  onResized(listener: (size: TerminalSize) => void): void {
    this.#resized = listener;
  }

  dispose(): void {}

  type(text: string): void {
    this.#typed(new TextEncoder().encode(text));
  }

  resize(size: TerminalSize): void {
    this.size = size;
    this.#resized(size);
  }

  catchUp(): void {
    this.#pendingBytes = 0;
    for (const done of this.#pending.splice(0)) done();
  }

  async shows(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.text)) {
      await new Promise<void>((resolve) => {
        this.#waiters.add(resolve);
      });
    }
  }
}

describe('the page’s terminals', () => {
  test('start, hear what is typed, have the size of their screen, and end', async () => {
    const { desk, link } = await newPage();
    const tab = openShell(desk);
    await tab.screen.shows(/ready/);
    expect(tab.state.get()).toEqual({ kind: 'open' });
    tab.screen.type('stty size\r');
    await tab.screen.shows(/30 100/);
    tab.screen.resize({ cols: 132, rows: 43 });
    tab.screen.type('stty size\r');
    await tab.screen.shows(/43 132/);
    tab.screen.type('exit 3\r');
    await until(tab.state, ({ kind }) => kind === 'ended');
    expect(tab.state.get()).toEqual({ kind: 'ended', exitCode: 3 });
    expect(tab.screen.text).toContain('Shell has ended with exit code 3. Press Enter to close.');
    expect(await names(link)).toEqual([]);
    tab.screen.type('x');
    expect(desk.tabs.get()).toEqual([tab]);
    tab.screen.type('\r');
    expect(desk.tabs.get()).toEqual([]);
  });

  test('T4, T5 are there again after a reload, with what they wrote', async () => {
    const { agent, desk } = await newPage();
    const tab = openShell(desk);
    await tab.screen.shows(/ready/);
    tab.screen.type('echo bef$((0))re\r');
    await tab.screen.shows(/\nbef0re/);
    const { desk: reloaded } = await newPage(agent);
    const [again] = await until(reloaded.tabs, ({ length }) => length === 1);
    await again!.screen.shows(/\nbef0re/);
    expect(again!.label).toBe('Shell');
    again!.screen.type('echo $((40 + 2))\r');
    await again!.screen.shows(/\n42/);
  });

  test('come back by themselves when the link was lost, and repeat nothing', async () => {
    const { agent, desk, reach } = await newPage();
    const tab = openShell(desk);
    await tab.screen.shows(/ready/);
    tab.screen.type('echo $((40 + 2))\r');
    await tab.screen.shows(/\n42/);
    reach.set({ kind: 'waiting', reason: 'The machine is away.' });
    const link = await muxHost(agent);
    await until(tab.state, ({ kind }) => kind === 'away');
    reach.set({ kind: 'open', open: localOpen(link) });
    await until(tab.state, ({ kind }) => kind === 'open');
    await tab.screen.shows(/\n42/);
    expect(tab.screen.resets).toBe(1);
    expect(tab.screen.text.match(/\n42/g)).toHaveLength(1);
    expect(desk.tabs.get()).toEqual([tab]);
  });

  test('are gone with the machine, and can be started again', async () => {
    const { desk, reach, link } = await newPage();
    const tab = openShell(desk);
    await tab.screen.shows(/ready/);
    const next = await muxHost(await newAgent());
    reach.set({ kind: 'waiting', reason: 'The machine starts.' });
    link.close({ code: 'ok', text: 'the machine was begun anew' });
    reach.set({ kind: 'open', open: localOpen(next) });
    await until(tab.state, ({ kind }) => kind === 'gone');
    desk.attach(tab);
    await until(tab.state, ({ kind }) => kind === 'open');
    await tab.screen.shows(/ready/);
    expect(await names(next)).toEqual([tab.name]);
  });

  test('T7 are shown in a second page, which may take them over and be taken from', async () => {
    const { desk, link } = await newPage();
    const tab = openShell(desk);
    await tab.screen.shows(/ready/);
    const second = newDesk(new Cell<TerminalReach>({ kind: 'open', open: localOpen(link) }));
    const [there] = await until(second.tabs, ({ length }) => length === 1);
    expect(there!.state.get()).toEqual({ kind: 'taken' });
    second.attach(there!);
    await there!.screen.shows(/ready/);
    await until(tab.state, ({ kind }) => kind === 'taken');
    desk.attach(tab);
    await until(tab.state, ({ kind }) => kind === 'open');
    await until(there!.state, ({ kind }) => kind === 'taken');
    expect(await names(link)).toHaveLength(1);
  });

  test('end when they are closed, and are not found again', async () => {
    const { desk, link } = await newPage();
    const [first, second] = [openShell(desk), openShell(desk)];
    await first.screen.shows(/ready/);
    await second.screen.shows(/ready/);
    expect(desk.chosen.get()).toBe(second);
    desk.close(second);
    expect(desk.chosen.get()).toBe(first);
    await until(second.state, ({ kind }) => kind === 'ended');
    expect(second.state.get()).toEqual({ kind: 'ended', exitCode: 129 });
    expect(await names(link)).toEqual([first.name]);
    await desk.refresh();
    expect(desk.tabs.get()).toEqual([first]);
  });

  test('T6 above the number a machine has say so', async () => {
    const { desk } = await newPage();
    const tabs = Array.from({ length: 17 }, () => openShell(desk));
    for (const tab of tabs.slice(0, 16)) await tab.screen.shows(/ready/);
    const state = await until(tabs[16]!.state, ({ kind }) => kind === 'refused');
    expect(state).toMatchObject({ kind: 'refused' });
  });

  test('C3 do not run ahead of their screen', async () => {
    const { desk } = await newPage();
    const tab = openShell(desk);
    await tab.screen.shows(/ready/);
    tab.screen.isSlow = true;
    tab.screen.type('yes | head -c 4000000; echo do$((1))ne\r');
    while (!tab.screen.text.includes('do1ne')) {
      expect(tab.screen.pendingBytes).toBeLessThanOrEqual(WINDOW_BYTES);
      tab.screen.catchUp();
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    // A line's end takes two bytes on a terminal.
    expect(tab.screen.text.match(/y\r\n/g)?.length).toBeGreaterThanOrEqual(2_000_000);
  });

  test('of editors are counted, not opened, and ended when the owner says so', async () => {
    const { desk, link } = await newPage();
    const stream = localOpen(link)([
      ['kind', 'pty'],
      ['terminal', 'eabcd1234tp1'],
    ]);
    await stream.accepted;
    await desk.refresh();
    expect(desk.tabs.get()).toEqual([]);
    expect(desk.listing.get()).toMatchObject({ kind: 'known', editors: [{ command: 'sh' }] });
    desk.endEditors();
    await until(
      desk.listing,
      (listing) => listing.kind === 'known' && listing.editors.length === 0,
    );
    expect(await names(link)).toEqual([]);
  });
});

const WINDOW_BYTES = 65_536;

async function newAgent(): Promise<Agent> {
  const agent = await startAgent();
  // Programs on terminals outlive the agent's link, and would outlive the agent.
  onTestFinished(async () => {
    for (const pid of (await agent.children()).split(' ').map(Number)) {
      if (pid > 0) process.kill(-pid, 'SIGKILL');
    }
  });
  return agent;
}

/** A page with a link of its own; a second one of the same agent is what a reload leads to. */
async function newPage(present?: Agent) {
  const agent = present ?? (await newAgent());
  const link = await muxHost(agent, { window: WINDOW_BYTES });
  const reach = new Cell<TerminalReach>({ kind: 'open', open: localOpen(link) });
  return { agent, link, reach, desk: newDesk(reach) };
}

function newDesk(reach: Cell<TerminalReach>): TerminalDesk<TextScreen> {
  return new TerminalDesk({
    reach,
    own: new OwnTerminals('abcdefghijkl'),
    showsAll: () => true,
    makeScreen: () => new TextScreen(),
  });
}

/** As the machine's programs and users are not on this one: a shell, whatever is asked for. */
function localOpen(link: Link): OpenStream {
  return (metadata) => {
    if (metadataValue(metadata, 'kind') !== 'pty') return link.open(metadata);
    const kept = metadata.filter(([key]) => !['arg', 'env', 'cwd', 'user'].includes(key));
    const script = 'PS1= ; export PS1; stty -echo; echo ready; exec sh';
    return link.open([...kept, ['arg', 'sh'], ['arg', '-c'], ['arg', script]]);
  };
}

function openShell(desk: TerminalDesk<TextScreen>): TerminalTab<TextScreen> {
  desk.openNew('shell');
  return desk.tabs.get().at(-1)!;
}

async function names(link: Link): Promise<string[]> {
  const list = await listTerminals((metadata) => link.open(metadata));
  return list.map(({ terminal }) => terminal);
}

/** Waits until a cell's value fits. */
async function until<T>(
  cell: { get(): T; subscribe(listener: () => void): () => void },
  fits: (value: T) => boolean,
): Promise<T> {
  if (fits(cell.get())) return cell.get();
  return new Promise((resolve) => {
    const unsubscribe = cell.subscribe(() => {
      if (!fits(cell.get())) return;
      unsubscribe();
      resolve(cell.get());
    });
  });
}
