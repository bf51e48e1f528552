import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeMetadata, type Metadata } from '../../lib/mux/metadata';
import { type Agent, startAgent } from './testing/agent';
import { newFolder } from './testing/files';
import { beginRaw, type RawHost } from './testing/host';

async function start(window?: number): Promise<{ agent: Agent; host: RawHost; folder: string }> {
  const agent = await startAgent();
  return { agent, host: await beginRaw(agent, { window }), folder: await newFolder() };
}

function open(host: RawHost, kind: 'get' | 'list', file: string, ...more: Metadata): number {
  const id = host.open(['kind', kind], ['path', file], ...more);
  host.send({ type: 'end', stream: id });
  return id;
}

async function accepted(host: RawHost, id: number): Promise<Record<string, string>> {
  const { metadata } = await host.takeOf('accept', id);
  return Object.fromEntries(decodeMetadata(metadata) ?? []);
}

/** All bytes until END, granting as they come. */
async function drain(host: RawHost, id: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (;;) {
    const isOver = () => host.frames.some((f) => f.type === 'end' && f.stream === id);
    const hasData = () => host.frames.some((f) => f.type === 'data' && f.stream === id);
    await host.until(() => isOver() || hasData(), 'DATA or END');
    const ended = isOver();
    const piece = host.takeBytes(id);
    pieces.push(piece);
    if (ended) return Buffer.concat(pieces);
    host.send({ type: 'credit', stream: id, bytes: piece.length });
  }
}

async function refusal(host: RawHost, id: number): Promise<string> {
  const { reason } = await host.takeOf('reset', id);
  expect(reason.code).toBe('refused');
  return reason.text;
}

describe('D3: get', () => {
  test('30 MB are the same bytes, and ACCEPT tells their number', async () => {
    const { agent, host, folder } = await start();
    const before = await agent.descriptors();
    const content = randomBytes(30_000_000);
    await writeFile(path.join(folder, 'large'), content);
    const id = open(host, 'get', path.join(folder, 'large'));
    expect(await accepted(host, id)).toEqual({ size: '30000000' });
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(hash(await drain(host, id))).toBe(hash(content));
    expect(await agent.descriptors()).toBe(before);
  });

  test.each([
    [undefined, 'content'],
    ['0', 'content'],
    ['3', 'tent'],
    ['7', ''],
  ])('from offset %s on', async (offset, rest) => {
    const { host, folder } = await start();
    await writeFile(path.join(folder, 'a'), 'content');
    const more: Metadata = offset === undefined ? [] : [['offset', offset]];
    const id = open(host, 'get', path.join(folder, 'a'), ...more);
    expect(await accepted(host, id)).toEqual({ size: '7' });
    expect(`${await drain(host, id)}`).toBe(rest);
  });

  test('0 bytes, and a file through a link', async () => {
    const { host, folder } = await start();
    await writeFile(path.join(folder, 'a'), '');
    await symlink('a', path.join(folder, 'link'));
    const id = open(host, 'get', path.join(folder, 'link'));
    expect(await accepted(host, id)).toEqual({ size: '0' });
    expect(await drain(host, id)).toHaveLength(0);
  });

  test('an offset behind the end is refused, one that is no number a protocol error', async () => {
    const { host, folder } = await start();
    const file = path.join(folder, 'a');
    await writeFile(file, 'content');
    expect(await refusal(host, open(host, 'get', file, ['offset', '8']))).toContain('D3');
    const huge = open(host, 'get', file, ['offset', '18446744073709551615']);
    expect(await refusal(host, huge)).toContain('D3');
    for (const offset of ['-1', '', '1 ', '18446744073709551616']) {
      const id = open(host, 'get', file, ['offset', offset]);
      expect(await host.resetOf(id)).toBe('protocol-error');
    }
  });

  test('what is no regular file is refused, and holds nobody up', async () => {
    const { agent, host, folder } = await start();
    const before = await agent.descriptors();
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    await symlink('loop', path.join(folder, 'loop'));
    const cases: [string, string][] = [
      [folder, 'Is a directory'],
      [path.join(folder, 'pipe'), 'Not a regular file'],
      ['/dev/null', 'Not a regular file'],
      [path.join(folder, 'nothing'), 'No such file or directory'],
      [path.join(folder, 'loop'), 'Too many levels of symbolic links'],
      [`${folder}/${'a'.repeat(256)}`, 'File name too long'],
    ];
    for (const [file, text] of cases) {
      expect(await refusal(host, open(host, 'get', file))).toBe(text);
    }
    expect(await agent.descriptors()).toBe(before);
  });

  test('S7: a file that becomes shorter is not cut short silently', async () => {
    const { host, folder } = await start(1000);
    const file = path.join(folder, 'a');
    await writeFile(file, Buffer.alloc(5000));
    const id = open(host, 'get', file);
    await host.takeOf('data', id);
    await truncate(file, 2000);
    host.send({ type: 'credit', stream: id, bytes: 10_000 });
    expect(await refusal(host, id)).toContain('shorter');
  });

  test('one that grows ends where ACCEPT said', async () => {
    const { host, folder } = await start(1000);
    const file = path.join(folder, 'a');
    await writeFile(file, Buffer.alloc(1500));
    const id = open(host, 'get', file);
    await host.takeOf('data', id);
    await writeFile(file, Buffer.alloc(9000));
    host.send({ type: 'credit', stream: id, bytes: 10_000 });
    expect(await host.bytesUntilEnd(id)).toHaveLength(500);
  });

  test('RESET lets the file go', async () => {
    const { agent, host, folder } = await start(1000);
    const before = await agent.descriptors();
    await writeFile(path.join(folder, 'a'), Buffer.alloc(5000));
    const id = open(host, 'get', path.join(folder, 'a'));
    await host.takeOf('data', id);
    host.send({ type: 'reset', stream: id, reason: { code: 'ok', text: '' } });
    await host.settled();
    expect(await agent.descriptors()).toBe(before);
  });
});

interface Entry {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly mode: number;
  readonly mtime: number;
  readonly user: string;
}

async function entries(host: RawHost, id: number): Promise<Entry[]> {
  const lines = `${await drain(host, id)}`.split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => JSON.parse(line));
}

const name = (entry: Entry) => Buffer.from(entry.name, 'base64');

describe('D4: list', () => {
  test('type, size, mode, time and owner of each entry', async () => {
    const { host, folder } = await start();
    await writeFile(path.join(folder, 'file'), 'content');
    await chmod(path.join(folder, 'file'), 0o4640);
    await utimes(path.join(folder, 'file'), 5_000_000_000, 5_000_000_000);
    await mkdir(path.join(folder, 'directory'));
    await symlink('/nowhere', path.join(folder, 'link'));
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    const id = open(host, 'list', folder);
    const found = new Map((await entries(host, id)).map((entry) => [`${name(entry)}`, entry]));
    const user = execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();
    expect([...found.keys()].sort()).toEqual(['directory', 'file', 'link', 'pipe']);
    expect(found.get('file')).toMatchObject({
      ...{ type: 'file', size: 7, mode: 0o4640, mtime: 5_000_000_000, user },
    });
    expect(found.get('directory')?.type).toBe('directory');
    expect(found.get('link')).toMatchObject({ type: 'link', size: 8 });
    expect(found.get('pipe')?.type).toBe('other');
  });

  test('ACCEPT tells what is free and what there is in all', async () => {
    const { host, folder } = await start();
    const { free, total, ...rest } = await accepted(host, open(host, 'list', folder));
    expect(rest).toEqual({});
    expect(Number(free)).toBeGreaterThan(0);
    expect(Number(total)).toBeGreaterThanOrEqual(Number(free));
  });

  test('names are their bytes, whatever these are', async () => {
    const { host, folder } = await start();
    const names = ['a\nb', '"', '\\', '...', ' ', '€'.repeat(85), 'a', 'ab', 'abc', '\u0001'];
    for (const each of names) await writeFile(path.join(folder, each), '');
    const noUtf8 = Buffer.from([255, 10, 254]);
    await writeFile(Buffer.concat([Buffer.from(`${folder}/`), noUtf8]), '');
    const listed = (await entries(host, open(host, 'list', folder))).map(name);
    const expected = [...names.map((each) => Buffer.from(each)), noUtf8];
    expect(listed.sort(Buffer.compare)).toEqual(expected.sort(Buffer.compare));
  });

  test('5,000 entries, with credit of 100 bytes at a time: each once', async () => {
    const { host, folder } = await start(100);
    const names = Array.from({ length: 5000 }, (_, i) => `entry ${i}`);
    await Promise.all(names.map((each) => writeFile(path.join(folder, each), '')));
    const listed = (await entries(host, open(host, 'list', folder))).map(
      (entry) => `${name(entry)}`,
    );
    expect(listed.sort()).toEqual(names.sort());
  });

  test('an empty folder has no lines', async () => {
    const { host, folder } = await start();
    expect(await entries(host, open(host, 'list', folder))).toEqual([]);
  });

  test('what is no folder is refused, and nothing stays open', async () => {
    const { agent, host, folder } = await start();
    const before = await agent.descriptors();
    await writeFile(path.join(folder, 'file'), '');
    expect(await refusal(host, open(host, 'list', path.join(folder, 'file')))).toBe(
      'Not a directory',
    );
    expect(await refusal(host, open(host, 'list', path.join(folder, 'no')))).toBe(
      'No such file or directory',
    );
    expect(await agent.descriptors()).toBe(before);
  });
});
