import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startAgent } from './testing/agent';
import { beginRaw, type RawHost } from './testing/host';
import { CHANNEL, readRecords, record, stdin } from './testing/records';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function newHost(): Promise<RawHost> {
  return beginRaw(await startAgent());
}

function openShell(host: RawHost, script: string, ...more: [string, string][]): number {
  return host.open(['kind', 'exec'], ['arg', 'sh'], ['arg', '-c'], ['arg', script], ...more);
}

/** Runs a script without input to its end. */
async function shell(host: RawHost, script: string, ...more: [string, string][]) {
  const id = openShell(host, script, ...more);
  host.send({ type: 'end', stream: id });
  const output = readRecords(await host.bytesUntilEnd(id));
  return { ...output, stdout: `${output.stdout}`, stderr: `${output.stderr}` };
}

/** Text of stdout once it holds a whole line. */
async function firstLine(host: RawHost, id: number): Promise<string> {
  const { bytes } = await host.takeOf('data', id);
  const text = Buffer.from(bytes).toString('utf8', 3);
  expect(text).toMatch(/\n$/);
  return text.trim();
}

async function untilGone(pid: number): Promise<void> {
  for (;;) {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
    // A zombie waits for whoever is process 1 here.
    if (stat === '' || stat.split(') ')[1]!.startsWith('Z')) return;
  }
}

describe('X3: what comes from the program', () => {
  test.each([
    ['exit 0', 0],
    ['exit 7', 7],
    ['exit 255', 255],
    ['kill -9 $$', 137],
    ['kill -15 $$', 143],
  ])('%s gives %i', async (script, exit) => {
    expect((await shell(await newHost(), script)).exit).toBe(exit);
  });

  test('stdout and stderr are apart, each in order', async () => {
    const script = 'for i in 1 2 3; do echo out $i; echo err $i >&2; done';
    expect(await shell(await newHost(), script)).toEqual({
      stdout: 'out 1\nout 2\nout 3\n',
      stderr: 'err 1\nerr 2\nerr 3\n',
      exit: 0,
    });
  });

  test.each([
    ['no such program', [['arg', 'no-such-program']], 'No such file or directory'],
    ['no such path', [['arg', '/no/such/program']], 'No such file or directory'],
    ['no program', [], 'No such file or directory'],
    ['a folder', [['arg', '/tmp']], 'Permission denied'],
    [
      'no such cwd',
      [
        ['arg', 'true'],
        ['cwd', '/no/such'],
      ],
      'No such file or directory',
    ],
    [
      'no such user',
      [
        ['arg', 'true'],
        ['user', 'no-such-user'],
      ],
      'No such file or directory',
    ],
  ] as const)('%s is refused', async (_, metadata, text) => {
    const agent = await startAgent();
    const host = await beginRaw(agent);
    const before = await agent.descriptors();
    const id = host.open(['kind', 'exec'], ...metadata);
    expect((await host.takeOf('reset', id)).reason).toEqual({ code: 'refused', text });
    expect(await agent.descriptors()).toBe(before);
  });

  test('a file without a format is refused', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'warren-exec-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = path.join(folder, 'noise');
    await writeFile(file, randomBytes(64));
    await chmod(file, 0o755);
    const host = await newHost();
    const id = host.open(['kind', 'exec'], ['arg', file]);
    expect((await host.takeOf('reset', id)).reason.text).toBe('Exec format error');
  });

  test('a descendant that keeps the pipes does not keep the exit code', async () => {
    const { stdout, exit } = await shell(await newHost(), 'sleep 1000 & echo $!; exit 5');
    process.kill(Number(stdout));
    expect(exit).toBe(5);
  });

  test('no zombie is left', async () => {
    const agent = await startAgent();
    const host = await beginRaw(agent);
    await Promise.all(Array.from({ length: 100 }, () => shell(host, 'sleep 0 & exit 0')));
    await host.settled();
    expect(await agent.children()).toBe('');
  });
});

describe('M3: exec', () => {
  test('arguments and environment arrive as they are', async () => {
    const host = await newHost();
    const id = host.open(
      ['kind', 'exec'],
      ['arg', 'sh'],
      ['env', 'LEAF=ü€𝄞 "\''],
      ['arg', '-c'],
      ['arg', 'printf "%s|" "$@" "$LEAF"; env | cut -d= -f1 | grep -vx _ | sort'],
      ['arg', 'sh'],
      ['arg', ''],
      ['arg', 'two words\n'],
      ['env', 'EMPTY='],
    );
    const { stdout } = readRecords(await host.bytesUntilEnd(id));
    expect(`${stdout}`).toBe('|two words\n|ü€𝄞 "\'|EMPTY\nLEAF\nPATH\nPWD\n');
  });

  test('the program is found in the PATH it is given', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'warren-exec-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(path.join(folder, 'greet'), '#!/bin/sh\necho hello\n', { mode: 0o755 });
    const host = await newHost();
    const id = host.open(['kind', 'exec'], ['arg', 'greet'], ['env', `PATH=/no/such:${folder}`]);
    expect(`${readRecords(await host.bytesUntilEnd(id)).stdout}`).toBe('hello\n');
  });

  test('cwd is / unless told', async () => {
    const host = await newHost();
    expect((await shell(host, 'pwd')).stdout).toBe('/\n');
    expect((await shell(host, 'pwd', ['cwd', '/usr/bin'])).stdout).toBe('/usr/bin\n');
  });

  test('a session of its own, default signals, and no descriptor but three', async () => {
    const host = await newHost();
    const { stdout } = await shell(
      host,
      'set -- $(cat /proc/$$/stat); echo $(($1 == $5 && $1 == $6)); ls /proc/self/fd | wc -l; ' +
        'exec grep -E "^Sig(Blk|Ign)" /proc/self/status',
    );
    const nothing = '0000000000000000';
    // ls has one more open: the folder it lists
    expect(stdout).toBe(`1\n4\nSigBlk:\t${nothing}\nSigIgn:\t${nothing}\n`);
  });

  test.runIf(process.getuid?.() === 0)('user is looked up in /etc/passwd', async () => {
    const host = await newHost();
    expect((await shell(host, 'id -u; id -g; id -G')).stdout).toBe('0\n0\n0\n');
    const nobody = '65534\n65534\n65534\n';
    expect((await shell(host, 'id -u; id -g; id -G', ['user', 'nobody'])).stdout).toBe(nobody);
  });

  test('60 programs at once', async () => {
    const agent = await startAgent();
    const host = await beginRaw(agent);
    const before = await agent.descriptors();
    const runs = Array.from({ length: 60 }, (_, i) => shell(host, `echo ${i}; exit ${i}`));
    for (const [i, run] of runs.entries()) {
      expect(await run).toEqual({ stdout: `${i}\n`, stderr: '', exit: i });
    }
    await host.settled();
    expect(await agent.descriptors()).toBe(before);
  });
});

describe('X1, X2: what goes to the program', () => {
  test('a record of length 0 closes stdin', async () => {
    const host = await newHost();
    const id = host.open(['kind', 'exec'], ['arg', 'cat']);
    const bytes = Buffer.concat([stdin('first '), stdin('second'), stdin('')]);
    host.send({ type: 'data', stream: id, bytes });
    expect(`${readRecords(await host.bytesUntilEnd(id)).stdout}`).toBe('first second');
    host.send({ type: 'data', stream: id, bytes: stdin('to nobody') }, { type: 'end', stream: id });
    await host.settled();
  });

  test('records may lie across frames', async () => {
    const host = await newHost();
    const id = host.open(['kind', 'exec'], ['arg', 'cat']);
    const bytes = Buffer.concat([stdin('cut'), stdin(' into '), stdin('bytes'), stdin('')]);
    for (const byte of bytes) {
      host.send({ type: 'data', stream: id, bytes: Buffer.from([byte]) });
    }
    expect(`${readRecords(await host.bytesUntilEnd(id)).stdout}`).toBe('cut into bytes');
  });

  test('10 MB in and 10 MB out are the same bytes', async () => {
    const host = await beginRaw(await startAgent(), { window: 131_072 });
    const input = randomBytes(10_000_000);
    const id = host.open(['kind', 'exec'], ['arg', 'cat']);
    const output: Buffer[] = [];
    let credit = host.window;
    let sent = 0;
    for (let ended = false; !ended; ) {
      while (sent < input.length && credit > 3) {
        const piece = input.subarray(sent, sent + Math.min(credit - 3, 16_000));
        host.send({ type: 'data', stream: id, bytes: stdin(piece) });
        sent += piece.length;
        credit -= 3 + piece.length;
        if (sent === input.length) host.send({ type: 'end', stream: id });
      }
      await host.until(() => host.frames.length > 0, 'anything');
      for (const frame of host.frames.splice(0)) {
        if (frame.type === 'credit') credit += frame.bytes;
        if (frame.type === 'end') ended = true;
        if (frame.type === 'data') {
          output.push(Buffer.from(frame.bytes));
          host.send({ type: 'credit', stream: id, bytes: frame.bytes.length });
        }
      }
    }
    const { stdout, exit } = readRecords(Buffer.concat(output));
    expect(exit).toBe(0);
    expect(stdout.length).toBe(input.length);
    expect(sha256(stdout)).toBe(sha256(input));
  });

  test('a program that closes stdin goes on; the rest of its input is let go', async () => {
    const host = await newHost();
    const id = openShell(host, 'exec <&-; echo closed; sleep 0.1; exit 4');
    expect(await firstLine(host, id)).toBe('closed');
    let credit = host.window;
    for (let sent = 0; sent < 1_000_000; ) {
      const bytes = stdin(Buffer.alloc(Math.min(credit - 3, 16_000)));
      host.send({ type: 'data', stream: id, bytes });
      sent += bytes.length;
      credit -= bytes.length;
      while (credit < 4) credit += (await host.takeOf('credit', id)).bytes;
    }
    expect(readRecords(await host.bytesUntilEnd(id)).exit).toBe(4);
  });

  test('channel 3 is a signal to the whole group', async () => {
    const host = await newHost();
    const id = openShell(host, 'trap "echo got; exit 3" USR1; echo ready; sleep 1000 & wait');
    expect(await firstLine(host, id)).toBe('ready');
    host.send({ type: 'data', stream: id, bytes: record(CHANNEL.signal, Buffer.from([10])) });
    const { stdout, exit } = readRecords(await host.bytesUntilEnd(id));
    expect(`${stdout}`).toContain('got');
    expect(exit).toBe(3);
  });

  test.each([
    ['a channel from the guest', record(CHANNEL.stdout, Buffer.from('x'))],
    ['an unknown channel', record(9, Buffer.from('x'))],
    ['a signal of two bytes', record(CHANNEL.signal, Buffer.from([1, 2]))],
    ['signal 0', record(CHANNEL.signal, Buffer.from([0]))],
    ['signal 65', record(CHANNEL.signal, Buffer.from([65]))],
    ['a record of 32,766 bytes', Buffer.from([0, 0xfe, 0x7f])],
  ])('%s resets with protocol-error and ends the program', async (_, bytes) => {
    const host = await newHost();
    const id = openShell(host, 'echo $$; exec sleep 1000');
    const pid = Number(await firstLine(host, id));
    host.send({ type: 'data', stream: id, bytes });
    expect(await host.resetOf(id)).toBe('protocol-error');
    await untilGone(pid);
  });
});

describe('X4: the end of the stream is the end of the program', () => {
  const family = 'sleep 1000 & echo $!; wait';

  test('RESET kills the process group', async () => {
    const host = await newHost();
    const id = openShell(host, family);
    const descendant = Number(await firstLine(host, id));
    host.send({ type: 'reset', stream: id, reason: { code: 'ok', text: '' } });
    await untilGone(descendant);
  });

  test('so does the attention line (K4)', async () => {
    const host = await newHost();
    const descendant = Number(await firstLine(host, openShell(host, family)));
    await host.begin();
    await untilGone(descendant);
  });

  test('and garbage (K5)', async () => {
    const host = await newHost();
    const descendant = Number(await firstLine(host, openShell(host, family)));
    host.write(randomBytes(64).fill(255, 0, 1));
    await host.take('goodbye');
    await untilGone(descendant);
  });
});
