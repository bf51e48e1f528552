import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeFolder, removeEntry, renameEntry } from '../../lib/machine/file-commands';
import { nameFromBytes } from '../../lib/machine/file-name';
import { getFile, listFolder, type OpenStream, putFile } from '../../lib/machine/files';
import { readProgram, runProgram } from '../../lib/machine/program';
import { startAgent } from './testing/agent';
import { muxHost } from './testing/mux-host';

/** The real agent, compiled for this machine, and a folder of its own. */
async function setUp() {
  const folder = await mkdtemp(path.join(tmpdir(), 'warren-files-'));
  await chmod(folder, 0o777);
  onTestFinished(() => rm(folder, { recursive: true }));
  const agent = await startAgent();
  const link = await muxHost(agent);
  const open: OpenStream = (metadata) => link.open(metadata);
  return { agent, link, folder, open, at: (name: string) => path.join(folder, name) };
}

const failsWith = (code: string) => expect.objectContaining({ name: 'FileError', code });
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  return Buffer.from(
    await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer(),
  );
}

/** Pieces of a source that counts how many were asked for. */
function endless(onPull: (pulls: number) => unknown = () => {}) {
  let pulls = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      pulls++;
      onPull(pulls);
      controller.enqueue(new Uint8Array(65_536));
    },
  });
}

describe('D2: files into the machine', () => {
  test('64 MB, and back again, with the same hash', async () => {
    const { open, at } = await setUp();
    const content = randomBytes(64 * 1024 * 1024);
    let sent = 0;
    await putFile(open, at('big'), new Blob([content]), { onProgress: (bytes) => (sent = bytes) });
    expect(sent).toBe(content.length);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(at('big'))) hash.update(chunk);
    expect(hash.digest('hex')).toBe(sha256(content));
    const opened = await getFile(open, at('big'));
    expect(opened.size).toBe(content.length);
    expect(sha256(await bytesOf(opened.content))).toBe(sha256(content));
  });

  test('a file of 0 bytes, its mode, and what was there before', async () => {
    const { open, at } = await setUp();
    await writeFile(at('a'), 'before');
    await putFile(open, at('a'), new Blob([]), { mode: 0o600 });
    const { size, mode } = await stat(at('a'));
    expect([size, mode & 0o777]).toEqual([0, 0o600]);
    const { content } = await getFile(open, at('a'));
    expect(await bytesOf(content)).toHaveLength(0);
  });

  test('a stream that does not know its length, with an empty piece in it', async () => {
    const { open, at } = await setUp();
    const pieces = [Buffer.from('one '), new Uint8Array(0), Buffer.from('two')];
    const source = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    });
    await putFile(open, at('s'), source);
    expect(await readFile(at('s'), 'utf8')).toBe('one two');
  });

  test('cancelled half-way: nothing is left and the old file is as it was', async () => {
    const { open, folder, at } = await setUp();
    await writeFile(at('a'), 'before');
    const controller = new AbortController();
    const source = endless((pulls) => pulls === 50 && controller.abort());
    const put = putFile(open, at('a'), source, { signal: controller.signal });
    await expect(put).rejects.toEqual(failsWith('cancelled'));
    // The agent answers in order: what was cancelled is cleared away.
    await listFolder(open, folder);
    expect(await readdir(folder)).toEqual(['a']);
    expect(await readFile(at('a'), 'utf8')).toBe('before');
  });

  test('a source that breaks, or is not as long as told, leaves nothing', async () => {
    const { open, folder, at } = await setUp();
    let pulls = 0;
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (++pulls < 3) controller.enqueue(new Uint8Array(9));
        else controller.error(new Error('the disk was pulled out'));
      },
    });
    await expect(putFile(open, at('a'), broken)).rejects.toEqual(failsWith('source'));
    const short = new Blob(['abc']).stream();
    await expect(putFile(open, at('a'), short, { size: 4 })).rejects.toEqual(failsWith('source'));
    await listFolder(open, folder);
    expect(await readdir(folder)).toEqual([]);
  });

  test('where it cannot be, an error with a code', async () => {
    const { open, at } = await setUp();
    await mkdir(at('folder'));
    const put = (to: string) => putFile(open, to, new Blob(['x']));
    await expect(put(at('none/x'))).rejects.toEqual(failsWith('no-such-file'));
    await expect(put(at('folder'))).rejects.toEqual(failsWith('not-a-file'));
    await expect(put(at('x'.repeat(256)))).rejects.toEqual(failsWith('name'));
    await expect(put(`/${'x'.repeat(4000)}`)).rejects.toEqual(failsWith('name'));
    await expect(put('relative')).rejects.toEqual(failsWith('name'));
    await expect(put(at('a\0b'))).rejects.toEqual(failsWith('name'));
  });

  test('no room is told and nothing is left', async () => {
    const { open, folder, at } = await setUp();
    const { freeBytes } = await listFolder(open, folder);
    const put = putFile(open, at('a'), endless(), { size: freeBytes + 1e12 });
    await expect(put).rejects.toEqual(failsWith('no-room'));
    expect(await readdir(folder)).toEqual([]);
  });

  test('the machine goes away half-way', async () => {
    const { link, open, at } = await setUp();
    const lose = () => link.close({ code: 'link-lost', text: 'the machine stopped' });
    const put = putFile(
      open,
      at('a'),
      endless((pulls) => pulls === 20 && lose()),
    );
    await expect(put).rejects.toEqual(failsWith('machine-gone'));
  });
});

describe('D3: files out of the machine', () => {
  test('nothing but regular files', async () => {
    const { open, folder, at } = await setUp();
    await symlink('/etc/hostname', at('link'));
    expect((await getFile(open, at('link'))).size).toBeGreaterThan(0);
    await expect(getFile(open, at('none'))).rejects.toEqual(failsWith('no-such-file'));
    await expect(getFile(open, folder)).rejects.toEqual(failsWith('not-a-file'));
    await expect(getFile(open, '/dev/zero')).rejects.toEqual(failsWith('not-a-file'));
    await expect(getFile(open, at('\uDCFF'))).rejects.toEqual(failsWith('name'));
  });

  test('read as fast as its reader reads, and given up when it wants no more', async () => {
    const { agent, open, at } = await setUp();
    await writeFile(at('big'), new Uint8Array(8_000_000));
    const descriptors = await agent.descriptors();
    const before = await agent.bytesRead();
    const { content } = await getFile(open, at('big'));
    const reader = content.getReader();
    await reader.read();
    await listFolder(open, '/proc/self/fdinfo');
    // A window of 256 KB is under way, never the file.
    expect((await agent.bytesRead()) - before).toBeLessThan(1_000_000);
    await reader.cancel();
    await listFolder(open, '/proc/self/fdinfo');
    expect(await agent.descriptors()).toBe(descriptors);
  });
});

describe('D4: lists, and what commands do', () => {
  const strange = ['plain', '-rf', 'two\nlines', 'quote"\'', '兎'.repeat(85), ' ', '..x'];

  test('names of any bytes are listed, renamed and removed', async () => {
    const { open, folder, at } = await setUp();
    const latin = Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.of(0xe9, 0x0a)]);
    await writeFile(latin, 'x');
    for (const name of strange) await putFile(open, at(name), new Blob([name]));
    const { entries, freeBytes, totalBytes } = await listFolder(open, folder);
    const broken = nameFromBytes(Buffer.of(0x63, 0x61, 0x66, 0xe9, 0x0a));
    expect(entries.map(({ name }) => name).toSorted()).toEqual([...strange, broken].toSorted());
    expect(totalBytes).toBeGreaterThan(freeBytes);

    await renameEntry(open, at(broken), at('café'));
    expect(await bytesOf((await getFile(open, at('café'))).content)).toEqual(Buffer.from('x'));
    for (const name of strange) await renameEntry(open, at(name), at(`${name.slice(0, 80)}-2`));
    for (const name of strange) await removeEntry(open, at(`${name.slice(0, 80)}-2`));
    expect(await readdir(folder)).toEqual(['café']);
  });

  test('folders are made, and removed with what is in them', async () => {
    const { open, folder, at } = await setUp();
    await makeFolder(open, at('-p\nx'));
    await putFile(open, at('-p\nx/file'), new Blob(['x']));
    await expect(makeFolder(open, at('-p\nx'))).rejects.toEqual(failsWith('exists'));
    await expect(makeFolder(open, at('a/b'))).rejects.toEqual(failsWith('no-such-file'));
    await expect(makeFolder(open, `${folder}/..`)).rejects.toEqual(failsWith('name'));
    await removeEntry(open, at('-p\nx'));
    await expect(removeEntry(open, at('-p\nx'))).rejects.toEqual(failsWith('no-such-file'));
    expect(await readdir(folder)).toEqual([]);
  });

  test('a new name never replaces what has it', async () => {
    const { open, at } = await setUp();
    await writeFile(at('a'), 'a');
    await writeFile(at('b'), 'b');
    await expect(renameEntry(open, at('a'), at('b'))).rejects.toEqual(failsWith('exists'));
    expect(await readFile(at('b'), 'utf8')).toBe('b');
  });

  test('what is no folder', async () => {
    const { open, at } = await setUp();
    await writeFile(at('a'), '');
    await expect(listFolder(open, at('a'))).rejects.toEqual(failsWith('not-a-folder'));
    await expect(listFolder(open, at('none'))).rejects.toEqual(failsWith('no-such-file'));
  });
});

describe('programs over streams', () => {
  test('input and output of some size, exit code and what it said', async () => {
    const { open } = await setUp();
    const content = randomBytes(3_000_000);
    const parts: Uint8Array[] = [];
    const end = await runProgram(
      open,
      { argv: ['sh', '-c', 'cat; echo woe >&2; exit 3'] },
      new Blob([content]).stream(),
      (chunk) => void parts.push(chunk),
    );
    expect(end).toEqual({ exitCode: 3, said: 'woe\n' });
    expect(sha256(Buffer.concat(parts))).toBe(sha256(content));
  });

  test('one that ends early leaves its input alone', async () => {
    const { open } = await setUp();
    expect(await runProgram(open, { argv: ['true'] }, endless())).toMatchObject({ exitCode: 0 });
  });

  test('a source that breaks kills it: it never sees an end', async () => {
    const { open, at } = await setUp();
    const broken = new Blob(['half']).stream().pipeThrough(
      new TransformStream({
        flush() {
          throw new Error('damaged');
        },
      }),
    );
    const argv = ['sh', '-c', 'cat > /dev/null; touch "$0"', at('seen')];
    await expect(runProgram(open, { argv }, broken)).rejects.toEqual(failsWith('source'));
    await listFolder(open, at('.'));
    await expect(stat(at('seen'))).rejects.toThrow();
  });

  test('cancelled, it is killed', async () => {
    const { agent, open } = await setUp();
    const controller = new AbortController();
    const run = runProgram(open, { argv: ['sleep', '1000'], signal: controller.signal });
    await listFolder(open, '/proc/self/fdinfo');
    expect(await agent.children()).not.toBe('');
    controller.abort();
    await expect(run).rejects.toEqual(failsWith('cancelled'));
    while ((await agent.children()) !== '') await listFolder(open, '/proc/self/fdinfo');
  });

  test('its output waits for the reader', async () => {
    const { agent, open } = await setUp();
    const reader = readProgram(open, { argv: ['cat', '/dev/zero'] }).getReader();
    await reader.read();
    const before = await agent.bytesRead();
    await listFolder(open, '/proc/self/fdinfo');
    await listFolder(open, '/proc/self/fdinfo');
    expect((await agent.bytesRead()) - before).toBeLessThan(1_000_000);
    await reader.cancel();
    while ((await agent.children()) !== '') await listFolder(open, '/proc/self/fdinfo');
  });

  test('output is whole only when the program ended well', async () => {
    const { open } = await setUp();
    const good = readProgram(open, { argv: ['head', '-c', '1000000', '/dev/zero'] });
    expect(await bytesOf(good)).toHaveLength(1_000_000);
    const bad = readProgram(open, { argv: ['sh', '-c', 'echo part; echo woe >&2; exit 1'] });
    await expect(bytesOf(bad)).rejects.toMatchObject({ name: 'FileError', message: 'woe' });
    const none = readProgram(open, { argv: ['/no/such/program'] });
    await expect(bytesOf(none)).rejects.toEqual(failsWith('no-such-file'));
  });
});
