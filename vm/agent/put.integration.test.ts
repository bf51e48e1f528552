import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Agent, startAgent } from './testing/agent';
import { newFolder, openPut, put, sendContent } from './testing/files';
import { beginRaw, type RawHost } from './testing/host';

const IS_ROOT = process.getuid?.() === 0;

async function start(): Promise<{ agent: Agent; host: RawHost; folder: string }> {
  const agent = await startAgent();
  return { agent, host: await beginRaw(agent), folder: await newFolder() };
}

function end(host: RawHost, id: number): void {
  host.send({ type: 'end', stream: id });
}

async function refusal(host: RawHost, id: number): Promise<string> {
  const { reason } = await host.takeOf('reset', id);
  expect(reason.code).toBe('refused');
  return reason.text;
}

const modeOf = async (file: string) => ((await stat(file)).mode & 0o7777).toString(8);

describe('D1: paths', () => {
  test.each([
    ['no path', []],
    ['an empty path', [['path', '']]],
    ['a relative path', [['path', 'etc/passwd']]],
    ['a path of 4,001 bytes', [['path', `/${'a'.repeat(4000)}`]]],
  ] as const)('%s is a protocol error', async (_, metadata) => {
    const host = await beginRaw(await startAgent());
    for (const kind of ['put', 'get', 'list']) {
      expect(await host.resetOf(host.open(['kind', kind], ...metadata))).toBe('protocol-error');
    }
  });

  test.each([
    ['a line feed', 'a\nb\r'],
    ['quotes and a backslash', '"\'\\ $(rm)'],
    ['255 bytes of UTF-8', `${'€'.repeat(85)}`],
    ['three dots', '...'],
    ['a leading dash', '-rf'],
  ])('a name with %s is a name', async (_, name) => {
    const { host, folder } = await start();
    await put(host, path.join(folder, name), 'content');
    expect(await readdir(folder)).toEqual([name]);
    expect(`${await readFile(path.join(folder, name))}`).toBe('content');
  });

  test('.. is taken as it is', async () => {
    const { host, folder } = await start();
    await mkdir(path.join(folder, 'below'));
    await put(host, `${folder}/below/../beside`, 'x');
    expect((await readdir(folder)).sort()).toEqual(['below', 'beside']);
  });

  test('a path of 4,000 bytes is taken', async () => {
    const { host, folder } = await start();
    const deep = `${folder}${`/${'./'.repeat(100)}`.repeat(19)}`;
    const file = `${deep}${'/'.repeat(4000 - deep.length - 1)}f`;
    expect(Buffer.byteLength(file)).toBe(4000);
    await put(host, file, 'x');
    expect(await readdir(folder)).toEqual(['f']);
  });

  test.each([
    ['256 bytes in a name', 'a'.repeat(256), 'File name too long'],
    ['a folder', 'folder', 'Is a directory'],
    ['a path that ends with a slash', 'new/', 'Is a directory'],
    ['the folder itself', '.', 'Is a directory'],
    ['the folder above', '..', 'Is a directory'],
    ['no such folder', 'no/such', 'No such file or directory'],
    ['a file as a folder', 'file/below', 'Not a directory'],
    ['a pipe', 'pipe', 'File exists'],
  ])('%s is refused, and nothing changes', async (_, name, text) => {
    const { agent, host, folder } = await start();
    await mkdir(path.join(folder, 'folder'));
    await writeFile(path.join(folder, 'file'), 'old');
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    const descriptors = await agent.descriptors();
    expect(await refusal(host, openPut(host, `${folder}/${name}`))).toBe(text);
    expect((await readdir(folder)).sort()).toEqual(['file', 'folder', 'pipe']);
    expect(await agent.descriptors()).toBe(descriptors);
  });
});

describe('D2: put', () => {
  test('0 bytes, with their size and without', async () => {
    const { host, folder } = await start();
    await put(host, path.join(folder, 'a'), '');
    await put(host, path.join(folder, 'b'), '', ['size', '0']);
    expect((await stat(path.join(folder, 'a'))).size).toBe(0);
    expect((await stat(path.join(folder, 'b'))).size).toBe(0);
  });

  test('30 MB are the same bytes', async () => {
    const { agent, host, folder } = await start();
    const descriptors = await agent.descriptors();
    const content = randomBytes(30_000_000);
    const file = path.join(folder, 'large');
    await put(host, file, content, ['size', `${content.length}`]);
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(hash(await readFile(file))).toBe(hash(content));
    await host.settled();
    expect(await agent.descriptors()).toBe(descriptors);
  });

  test('mode and user, 0644 and root when absent', async () => {
    const { host, folder } = await start();
    const file = path.join(folder, 'a');
    await put(host, file, 'x');
    expect(await modeOf(file)).toBe('644');
    await put(host, file, 'x', ['mode', '4711'], ...(IS_ROOT ? [['user', 'nobody'] as const] : []));
    expect(await modeOf(file)).toBe('4711');
    expect((await stat(file)).uid).toBe(IS_ROOT ? 65_534 : process.getuid!());
    await put(host, file, 'x', ['mode', '0']);
    expect(await modeOf(file)).toBe('0');
  });

  test.each([
    ['size', '-1'],
    ['size', ''],
    ['size', '18446744073709551616'],
    ['mode', '8'],
    ['mode', '10000'],
    ['mode', ''],
    ['mode', ' 7'],
    ['mode', '-1'],
    ['mode', '0x7'],
  ])('%s = "%s" is a protocol error', async (key, value) => {
    const { host, folder } = await start();
    const id = openPut(host, path.join(folder, 'a'), [key, value]);
    expect(await host.resetOf(id)).toBe('protocol-error');
    expect(await readdir(folder)).toEqual([]);
  });

  test('a user that is not there is refused', async () => {
    const { host, folder } = await start();
    const id = openPut(host, path.join(folder, 'a'), ['user', 'no-such']);
    expect(await refusal(host, id)).toBe('No such user');
    expect(await readdir(folder)).toEqual([]);
  });

  test('the old file stays as it was until the new one is whole', async () => {
    const { host, folder } = await start();
    const file = path.join(folder, 'a');
    await writeFile(file, 'old');
    const id = openPut(host, file, ['size', '3']);
    await host.takeOf('accept', id);
    host.send({ type: 'data', stream: id, bytes: Buffer.from('new') });
    await host.settled();
    expect(`${await readFile(file)}`).toBe('old');
    end(host, id);
    await host.takeOf('end', id);
    expect(`${await readFile(file)}`).toBe('new');
    expect(await readdir(folder)).toEqual(['a']);
  });

  test('a link gives way to the file, and what it led to stays', async () => {
    const { host, folder } = await start();
    const [target, link] = [path.join(folder, 'target'), path.join(folder, 'link')];
    await writeFile(target, 'old');
    await symlink(target, link);
    await put(host, link, 'new');
    expect(`${await readFile(target)}`).toBe('old');
    expect(`${await readFile(link)}`).toBe('new');
  });

  test.each([
    ['the host’s RESET', (host: RawHost, stream: number) => host.send(reset(stream))],
    ['a new link (K4)', (host: RawHost) => host.begin()],
    ['garbage (K5)', garble],
    ['more bytes than size', tooMany],
    ['fewer bytes than size', async (host: RawHost, id: number) => end(host, id)],
  ] as const)('%s half-way leaves no new file, and the old one as it was', async (_, fail) => {
    const { agent, host, folder } = await start();
    const file = path.join(folder, 'a');
    await writeFile(file, 'old');
    const descriptors = await agent.descriptors();
    const id = openPut(host, file, ['size', '200000']);
    await host.takeOf('accept', id);
    await sendContent(host, id, Buffer.alloc(100_000, 'x'));
    await host.settled();
    expect(await readdir(folder)).toHaveLength(2);
    await fail(host, id);
    await host.settled();
    expect(await readdir(folder)).toEqual(['a']);
    expect(`${await readFile(file)}`).toBe('old');
    expect(await agent.descriptors()).toBe(descriptors);
  });

  test('a folder that has taken the place meanwhile stays', async () => {
    const { host, folder } = await start();
    const file = path.join(folder, 'a');
    const id = openPut(host, file);
    await host.takeOf('accept', id);
    await mkdir(file);
    end(host, id);
    expect(await refusal(host, id)).toBe('Is a directory');
    expect(await readdir(folder)).toEqual(['a']);
  });

  test('more at once than there is room for is refused at once', async () => {
    const { host, folder } = await start();
    const id = openPut(host, path.join(folder, 'a'), ['size', `${2n ** 60n}`]);
    expect(await refusal(host, id)).toBe('No space left on device');
    expect(await readdir(folder)).toEqual([]);
  });

  test('2 files at once to one place: the one that ends last stays, whole', async () => {
    const { host, folder } = await start();
    const file = path.join(folder, 'a');
    const [one, two] = [openPut(host, file), openPut(host, file)];
    host.send({ type: 'data', stream: one, bytes: Buffer.from('one') });
    host.send({ type: 'data', stream: two, bytes: Buffer.from('two') });
    end(host, two);
    await host.takeOf('end', two);
    end(host, one);
    await host.takeOf('end', one);
    expect(`${await readFile(file)}`).toBe('one');
    expect(await readdir(folder)).toEqual(['a']);
  });

  test('a draft that an earlier agent left is not written to', async () => {
    const { host, folder } = await start();
    const drafts = Array.from({ length: 5 }, (_, i) => `.warren-put-${i}`);
    for (const draft of drafts) await writeFile(path.join(folder, draft), 'left');
    await put(host, path.join(folder, 'a'), 'x');
    expect((await readdir(folder)).sort()).toEqual([...drafts, 'a']);
    expect(`${await readFile(path.join(folder, drafts[0]!))}`).toBe('left');
  });
});

describe.runIf(canMount())('D2: a file system that is full', () => {
  test('of unknown size: refused when it is full, and nothing is left', async () => {
    const { host, folder } = await start();
    mountTmpfs(folder, '1m');
    await put(host, path.join(folder, 'old'), Buffer.alloc(300_000, 'o'));
    const id = openPut(host, path.join(folder, 'new'));
    await host.takeOf('accept', id);
    const sent = sendContent(host, id, Buffer.alloc(2_000_000)).catch(() => {});
    expect(await refusal(host, id)).toBe('No space left on device');
    expect(await readdir(folder)).toEqual(['old']);
    expect((await readFile(path.join(folder, 'old'))).equals(Buffer.alloc(300_000, 'o'))).toBe(
      true,
    );
    void sent;
    await put(host, path.join(folder, 'next'), Buffer.alloc(700_000));
  });

  test('a tmpfs larger than memory: what memory cannot hold is refused', async () => {
    const { host, folder } = await start();
    mountTmpfs(folder, '100g');
    const id = openPut(host, path.join(folder, 'a'), ['size', `${90n * 2n ** 30n}`]);
    expect(await refusal(host, id)).toBe('No space left on device');
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

async function tooMany(host: RawHost, id: number): Promise<void> {
  await sendContent(host, id, Buffer.alloc(32_768)); // within what is granted, on top of what was
  for (let i = 0; i < 6; i++) {
    if (host.frames.some((frame) => frame.type === 'reset')) break;
    const { bytes } = await host.takeOf('credit', id);
    host.send({ type: 'data', stream: id, bytes: Buffer.alloc(Math.min(bytes, 32_768)) });
    await host.settled();
  }
  expect(await host.resetOf(id)).toBe('protocol-error');
}

function canMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return IS_ROOT;
  } catch {
    return false;
  }
}

function mountTmpfs(folder: string, size: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
}
