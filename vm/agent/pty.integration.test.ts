import { describe, expect, onTestFinished, test } from 'vitest';
import { type Agent, startAgent } from './testing/agent';
import { beginRaw, type RawHost } from './testing/host';
import { CHANNEL, record, stdin } from './testing/records';
import { RawTerminal } from './testing/terminal';

interface Listed {
  readonly terminal: string;
  readonly command: string;
  readonly cols: number;
  readonly rows: number;
  readonly attached: boolean;
  readonly ended: boolean;
}

const HISTORY_BYTES = 65_536;
const TERMINALS = 16;
const SIGHUP = 1;
const SIGINT = 2;
const SIGKILL = 9;

async function newHost(): Promise<{ agent: Agent; host: RawHost }> {
  const agent = await startAgent();
  // Programs on terminals outlive the agent's link, and would outlive the agent.
  onTestFinished(async () => {
    for (const pid of (await agent.children()).split(' ').map(Number)) {
      if (pid > 0) process.kill(-pid, 'SIGKILL');
    }
  });
  return { agent, host: await beginRaw(agent) };
}

async function listTerminals(host: RawHost): Promise<Listed[]> {
  const id = host.open(['kind', 'ptys']);
  host.send({ type: 'end', stream: id });
  return JSON.parse(`${await host.bytesUntilEnd(id)}`);
}

/** A shell in which what is typed is shown once, by what it does. */
const QUIET = 'stty -echo; echo ready;';

describe('T1: a program on a terminal', () => {
  test('has a terminal for its three descriptors, as the controlling one of its session', async () => {
    const { host } = await newHost();
    const script =
      'test -t 0 && test -t 1 && test -t 2 && echo three; : > /dev/tty && echo controls; ' +
      'set -- $(cat /proc/$$/stat); echo $(($1 == $5 && $1 == $6 && $1 == $8)); ls /proc/$$/fd | wc -l';
    const { shown, exit } = await RawTerminal.open(host, 'a', script).ended();
    // sh may keep its script's descriptor
    expect(shown).toMatch(/^three\r\ncontrols\r\n1\r\n[34]\r\n$/);
    expect(exit).toBe(0);
  });

  test('its environment is what it was given, and PATH, TERM and LANG', async () => {
    const { host } = await newHost();
    const script = 'env | grep -vE "^(_|PWD|SHLVL|OLDPWD)=" | sort';
    const plain = await RawTerminal.open(host, 'a', script, ['env', 'PGUSER=owner']).ended();
    expect(plain.shown).toMatch(
      /^LANG=C.UTF-8\r\nPATH=[^\r]+\r\nPGUSER=owner\r\nTERM=xterm-256color\r\n$/,
    );
    const own = await RawTerminal.open(host, 'a', 'echo $TERM', ['env', 'TERM=dumb']).ended();
    expect(own.shown).toBe('dumb\r\n');
  });

  test('cwd, cols and rows, 80 × 24 when absent', async () => {
    const { host } = await newHost();
    const plain = await RawTerminal.open(host, 'a', 'stty size; pwd').ended();
    expect(plain.shown).toBe('24 80\r\n/\r\n');
    const larger: [string, string][] = [
      ['cols', '1000'],
      ['rows', '1'],
      ['cwd', '/usr'],
    ];
    const given = await RawTerminal.open(host, 'a', 'stty size; pwd', ...larger).ended();
    expect(given.shown).toBe('1 1000\r\n/usr\r\n');
  });

  test.runIf(process.getuid?.() === 0)('user: its own terminal', async () => {
    const { host } = await newHost();
    const script = 'id -un; test -O "$(tty)" && echo mine; : < "$(tty)" && echo opens';
    const { shown } = await RawTerminal.open(host, 'a', script, ['user', 'nobody']).ended();
    expect(shown).toBe('nobody\r\nmine\r\nopens\r\n');
  });

  test('a character of several bytes is erased whole', async () => {
    const { host } = await newHost();
    const terminal = RawTerminal.open(host, 'a', `${QUIET} read line; echo "[$line]"`);
    await terminal.shows(/ready/);
    terminal.type('aü\x7f€\x7fb\n');
    expect((await terminal.ended()).shown).toContain('[ab]');
  });

  test('a name that is there is attached to, whatever else is asked', async () => {
    const { host } = await newHost();
    const first = RawTerminal.open(host, 'a', 'echo one; cat');
    expect(await first.accepted()).toEqual([]);
    await first.shows(/one/);
    const second = RawTerminal.open(host, 'a', 'echo two', ['user', 'no-such'], ['cols', '0']);
    expect(await second.accepted()).toEqual([['attached', '1']]);
    expect(await second.shows(/one/)).toBe('one\r\n');
  });

  test.each([
    ['no name', []],
    ['an empty name', [['terminal', '']]],
    ['a name with a dot', [['terminal', '../a']]],
    ['a name with a line feed', [['terminal', 'a\n']]],
    ['a name of capitals', [['terminal', 'A']]],
    ['33 letters', [['terminal', 'a'.repeat(33)]]],
    ['4,000 letters', [['terminal', 'a'.repeat(4000)]]],
    [
      'no columns',
      [
        ['terminal', 'a'],
        ['cols', '0'],
      ],
    ],
    [
      '1,001 rows',
      [
        ['terminal', 'a'],
        ['rows', '1001'],
      ],
    ],
    [
      '65,617 columns, which is 81 in 16 bits',
      [
        ['terminal', 'a'],
        ['cols', '65617'],
      ],
    ],
    [
      'rows that are no number',
      [
        ['terminal', 'a'],
        ['rows', '-1'],
      ],
    ],
  ] as const)('%s is a protocol error', async (_, metadata) => {
    const { host } = await newHost();
    const id = host.open(['kind', 'pty'], ...metadata, ['arg', 'true']);
    expect(await host.resetOf(id)).toBe('protocol-error');
    expect(await listTerminals(host)).toEqual([]);
  });

  test('a program that cannot start is refused with its errno, and leaves nothing', async () => {
    const { agent, host } = await newHost();
    const before = await agent.descriptors();
    for (const arg of ['no-such-program', '/tmp', '']) {
      const id = host.open(['kind', 'pty'], ['terminal', 'a'], ['arg', arg]);
      expect(await host.resetOf(id)).toBe('refused');
    }
    expect(await host.resetOf(host.open(['kind', 'pty'], ['terminal', 'a']))).toBe('refused');
    expect(await listTerminals(host)).toEqual([]);
    expect(await agent.descriptors()).toBe(before);
  });
});

describe('T2: towards the guest', () => {
  test('what is typed arrives, byte by byte or at once', async () => {
    const { host } = await newHost();
    const terminal = RawTerminal.open(host, 'a', `${QUIET} cat`);
    await terminal.shows(/ready/);
    for (const byte of stdin('slowly\n')) terminal.send(Buffer.from([byte]));
    await terminal.shows(/slowly\r\n/);
    terminal.send(Buffer.concat([stdin('fast '), stdin(''), stdin('er\n')]));
    await terminal.shows(/fast er\r\n/);
  });

  test('control-C interrupts, control-D ends', async () => {
    const { host } = await newHost();
    // No trap: a signal between a shell's fork and its child's exec would be lost in the child.
    const interrupted = RawTerminal.open(host, 'a', `${QUIET} exec cat`);
    await interrupted.shows(/ready/);
    interrupted.type('\x03');
    expect((await interrupted.ended()).exit).toBe(128 + SIGINT);
    const ended = RawTerminal.open(host, 'a', `${QUIET} cat; echo over`);
    await ended.shows(/ready/);
    ended.type('\x04');
    expect((await ended.ended()).shown).toMatch(/over\r\n$/);
  });

  test('its size: the program is told, and so is `ptys`', async () => {
    const { host } = await newHost();
    // A wait is what a signal ends at once.
    const script = 'trap "stty size" WINCH; echo ready; while :; do sleep 1000 & wait $!; done';
    const terminal = RawTerminal.open(host, 'a', script);
    await terminal.shows(/ready/);
    terminal.resize(132, 43);
    await terminal.shows(/43 132\r\n/);
    expect(await listTerminals(host)).toMatchObject([{ cols: 132, rows: 43 }]);
    terminal.signal(SIGKILL);
    await terminal.ended();
  });

  test('a signal reaches the program and what is in the foreground', async () => {
    const { host } = await newHost();
    // With job control the shell's child has a process group of its own.
    const terminal = RawTerminal.open(host, 'a', 'set -m; echo ready; sleep 1000; echo after; cat');
    await terminal.shows(/ready/);
    terminal.signal(SIGHUP);
    expect((await terminal.ended()).exit).toBe(128 + SIGHUP);
    expect(await listTerminals(host)).toEqual([]);
  });

  test('a program that does not read holds back what is typed, not the others', async () => {
    const { host } = await newHost();
    const terminal = RawTerminal.open(host, 'a', 'stty raw -echo; echo ready; read x; wc -c');
    await terminal.shows(/ready/);
    const script = 'stty raw -echo; echo ready; sleep 1000';
    const deaf = RawTerminal.open(host, 'deaf', script);
    await deaf.shows(/ready/);
    for (let sent = 0; sent < 64_000; sent += 16_000) deaf.type(Buffer.alloc(16_000, 'x'));
    await host.settled();
    terminal.type('\n');
    await host.settled();
    expect(await listTerminals(host)).toHaveLength(2);
    deaf.signal(SIGKILL); // behind 64,000 bytes that nobody reads
    const again = RawTerminal.open(host, 'deaf');
    await again.accepted();
    again.signal(SIGKILL);
    expect((await again.ended()).exit).toBe(128 + SIGKILL);
  });

  test.each([
    ['a channel from the guest', record(CHANNEL.stdout, Buffer.from('x'))],
    ['an unknown channel', record(9, Buffer.from('x'))],
    ['no signal', record(CHANNEL.signal, Buffer.alloc(0))],
    ['a signal of two bytes', record(CHANNEL.signal, Buffer.from([1, 2]))],
    ['signal 0', record(CHANNEL.signal, Buffer.from([0]))],
    ['signal 65', record(CHANNEL.signal, Buffer.from([65]))],
    ['a size of three bytes', record(CHANNEL.size, Buffer.alloc(3, 1))],
    ['a size of five bytes', record(CHANNEL.size, Buffer.alloc(5, 1))],
    ['no columns', record(CHANNEL.size, Buffer.from([0, 0, 24, 0]))],
    ['1,001 rows', record(CHANNEL.size, Buffer.from([80, 0, 0xe9, 3]))],
    ['a record of 32,766 bytes', Buffer.from([0, 0xfe, 0x7f])],
  ])('%s is a protocol error, and the program goes on', async (_, bytes) => {
    const { host } = await newHost();
    const terminal = RawTerminal.open(host, 'a', `${QUIET} cat`);
    await terminal.shows(/ready/);
    terminal.send(bytes);
    expect(await host.resetOf(terminal.id)).toBe('protocol-error');
    const again = RawTerminal.open(host, 'a');
    await again.shows(/ready/);
    again.type('still here\n');
    await again.shows(/still here/);
  });
});

describe('T3: from the guest', () => {
  test.each([
    ['exit 0', 0],
    ['exit 7', 7],
    ['kill -9 $$', 137],
  ])('%s gives %i', async (script, exit) => {
    const { host } = await newHost();
    expect((await RawTerminal.open(host, 'a', script).ended()).exit).toBe(exit);
  });

  test('all it wrote comes before its end', async () => {
    const { host } = await newHost();
    const { shown } = await RawTerminal.open(host, 'a', 'seq 100000; echo last').ended();
    expect(shown.length).toBe(588_895 + 100_000 + 'last\r\n'.length);
    expect(shown.slice(-14)).toBe('100000\r\nlast\r\n');
  });

  test('credit of a few bytes at a time', async () => {
    const agent = await startAgent();
    const host = await beginRaw(agent, { window: 1 });
    const terminal = RawTerminal.open(host, 'a', 'seq 30; exit 3');
    for (;;) {
      await host.until(
        () => host.frames.some(({ type }) => type === 'data' || type === 'end'),
        'a',
      );
      if (host.frames.some(({ type }) => type === 'end')) break;
      await terminal.shows(/^/);
    }
    const { shown, exit } = await terminal.ended();
    expect(shown.split('\r\n').slice(0, 30)).toEqual(
      Array.from({ length: 30 }, (_, i) => `${i + 1}`),
    );
    expect(exit).toBe(3);
  });

  test('descendants that go on writing do not keep its end', async () => {
    const { agent, host } = await newHost();
    const before = await agent.descriptors();
    const script = '(trap "" HUP; exec yes) & exit 5';
    expect((await RawTerminal.open(host, 'a', script).ended()).exit).toBe(5);
    expect(await agent.descriptors()).toBe(before);
  });
});

describe('T4, T5: it outlives its streams', () => {
  test.each([
    ['RESET', (host: RawHost, id: number) => host.send(reset(id))],
    ['a new link (K4)', (host: RawHost) => host.begin()],
    ['garbage (K5)', garble],
  ] as const)('%s detaches', async (_, leave) => {
    const { host } = await newHost();
    const terminal = RawTerminal.open(host, 'a', `${QUIET} cat`);
    await terminal.shows(/ready/);
    await leave(host, terminal.id);
    await host.settled();
    expect(await listTerminals(host)).toEqual([
      { terminal: 'a', command: 'sh', cols: 80, rows: 24, attached: false, ended: false },
    ]);
    const again = RawTerminal.open(host, 'a');
    expect(await again.accepted()).toEqual([['attached', '1']]);
    again.type('hello\n');
    expect(await again.shows(/hello/)).toBe('ready\r\nhello\r\n');
  });

  test('what it writes meanwhile is read and kept, so that it never waits', async () => {
    const { host } = await newHost();
    // A megabyte, of which a pty's buffers hold a hundredth: it comes to its end all the same.
    const script = `${QUIET} read go; seq 100000; echo written; exit 6`;
    const terminal = RawTerminal.open(host, 'a', script);
    await terminal.shows(/ready/);
    terminal.type('\n');
    host.send(reset(terminal.id));
    while (!(await listTerminals(host))[0]!.ended);
    const { shown, exit } = await RawTerminal.open(host, 'a').ended();
    expect(shown.length).toBe(HISTORY_BYTES);
    expect(shown.slice(-17)).toBe('100000\r\nwritten\r\n');
    expect(exit).toBe(6);
  });

  test('the history and what is new join without a gap', async () => {
    const { host } = await newHost();
    const terminal = RawTerminal.open(host, 'a', `${QUIET} read go; seq 60000; read go`);
    await terminal.shows(/ready/);
    terminal.type('\n');
    let view = terminal;
    for (let times = 0; times < 20; times++) {
      host.send(reset(view.id));
      view = RawTerminal.open(host, 'a');
      await view.shows(/\n/);
    }
    view.type('\n');
    const lines = (await view.ended()).shown.split('\r\n').slice(1, -1).map(Number);
    expect(lines.at(-1)).toBe(60_000);
    expect(lines).toEqual(lines.map((_, i) => 60_000 - lines.length + 1 + i));
  });

  test('END of the host is no end of the terminal', async () => {
    const { host } = await newHost();
    const terminal = RawTerminal.open(host, 'a', `${QUIET} read line; echo got "$line"`);
    terminal.type('this\n');
    host.send({ type: 'end', stream: terminal.id });
    expect((await terminal.ended()).shown).toContain('got this');
  });

  test('an end that nobody saw is kept for whoever comes, and gone then', async () => {
    const { agent, host } = await newHost();
    const before = await agent.descriptors();
    const terminal = RawTerminal.open(host, 'a', `${QUIET} read go; echo bye; exit 9`);
    await terminal.shows(/ready/);
    terminal.type('\n');
    host.send(reset(terminal.id));
    while (!(await listTerminals(host))[0]!.ended);
    await host.begin();
    const late = RawTerminal.open(host, 'a');
    expect(await late.accepted()).toEqual([['attached', '1']]);
    expect(await late.ended()).toEqual({ shown: 'ready\r\nbye\r\n', exit: 9 });
    expect(await listTerminals(host)).toEqual([]);
    expect(await agent.descriptors()).toBe(before);
  });
});

describe('T6: how many', () => {
  test('the 17th is busy; one that has ended unseen makes way', async () => {
    const { host } = await newHost();
    const name = (number: number) => `t${number}`;
    const all = Array.from({ length: TERMINALS }, (_, i) =>
      RawTerminal.open(host, name(i), i === 3 ? 'echo pid $$; exec sleep 1000' : undefined),
    );
    const [, pid] = /pid (\d+)/.exec(await all[3]!.shows(/pid \d+\r/)) ?? [];
    for (const terminal of all) await terminal.accepted();
    const further = RawTerminal.open(host, 'further');
    expect(await host.resetOf(further.id)).toBe('busy');
    expect((await listTerminals(host)).map(({ terminal }) => terminal)).toEqual(
      Array.from({ length: TERMINALS }, (_, i) => name(i)),
    );
    // One that somebody looks at is not taken away, though it has ended: so nobody does when it ends.
    host.send(reset(all[3]!.id));
    await shell(host, 'kill -9 "$1"', pid ?? '');
    while (!(await listTerminals(host))[3]!.ended);
    expect(await RawTerminal.open(host, 'new').accepted()).toEqual([]);
    expect((await listTerminals(host)).map(({ terminal }) => terminal)).not.toContain(name(3));
    expect(await host.resetOf(RawTerminal.open(host, 'more').id)).toBe('busy');
  });

  test('names of programs are JSON, whatever they are, and cut between characters', async () => {
    const { host } = await newHost();
    const odd = 'a "quoted"\n\\ ü';
    const long = `${'x'.repeat(30)}€€`;
    for (const [index, name] of [odd, long].entries()) {
      const arg = `/tmp/${name}`;
      // sh by another name: it is found by path, so a link is made first.
      await shell(host, 'ln -sf "$(command -v cat)" "$1"', arg);
      const id = host.open(['kind', 'pty'], ['terminal', `n${index}`], ['arg', arg]);
      await host.takeOf('accept', id);
      await shell(host, 'rm "$1"', arg);
    }
    const commands = (await listTerminals(host)).map(({ command }) => command);
    expect(commands).toEqual([odd, 'x'.repeat(30)]);
  });
});

describe('T7: a second stream', () => {
  test('takes the terminal over', async () => {
    const { host } = await newHost();
    const first = RawTerminal.open(host, 'a', `${QUIET} cat`);
    await first.shows(/ready/);
    const second = RawTerminal.open(host, 'a');
    expect(await host.resetOf(first.id)).toBe('replaced');
    first.type('from the first\n');
    second.type('from the second\n');
    expect(await second.shows(/second/)).toBe('ready\r\nfrom the second\r\n');
    expect(await listTerminals(host)).toMatchObject([{ attached: true }]);
  });
});

/** K5: what is no frame ends the link. */
async function garble(host: RawHost): Promise<void> {
  host.write(Buffer.alloc(64, 255));
  await host.take('goodbye');
  await host.begin();
}

function reset(stream: number) {
  return { type: 'reset', stream, reason: { code: 'ok', text: '' } } as const;
}

async function shell(host: RawHost, script: string, argument: string): Promise<void> {
  const args = ['sh', '-c', script, 'sh', argument];
  const id = host.open(['kind', 'exec'], ...args.map((arg) => ['arg', arg] as [string, string]));
  host.send({ type: 'end', stream: id });
  await host.bytesUntilEnd(id);
}
