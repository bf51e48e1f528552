import { expect, test } from 'vitest';
import { inspectCsv } from './inspect-csv';

const ask = (...parts: (string | Uint8Array<ArrayBuffer>)[]) => inspectCsv(new Blob(parts));

test('delimiter, header and types are found', async () => {
  expect(await ask('id;name;at\r\n1;"a;b";2026-01-01\r\n2;c;\r\n')).toEqual({
    format: { encoding: 'utf-8', delimiter: ';', newline: '\n', header: true },
    encodingCertain: true,
    header: ['id', 'name', 'at'],
    types: ['integer', 'text', 'date'],
    preview: [
      ['1', 'a;b', '2026-01-01'],
      ['2', 'c', ''],
    ],
  });
  expect((await ask('a\tb\n1\t2\n')).format.delimiter).toBe('\t');
  expect((await ask('a|b\n1|2\n')).format.delimiter).toBe('|');
  expect((await ask('1,2\n3,4\n')).format.header).toBe(false);
  expect((await ask('only\na\nb\n')).header).toEqual(['only']);
  expect((await ask('a,b\r1,2\r3,4\r')).preview).toEqual([
    ['1', '2'],
    ['3', '4'],
  ]);
});

test('encodings are told by their bytes', async () => {
  const utf16 = (text: string) => {
    const bytes = new Uint8Array(new ArrayBuffer(2 * text.length));
    [...text].forEach((character, index) => {
      bytes[2 * index] = character.charCodeAt(0);
    });
    return bytes;
  };
  expect((await ask('\ufeffid,ü\n1,2\n')).header).toEqual(['id', 'ü']);
  expect(await ask(Uint8Array.of(0xff, 0xfe), utf16('id,b\n1,2\n'))).toMatchObject({
    header: ['id', 'b'],
    format: { encoding: 'utf-16le' },
  });
  expect((await ask(utf16('id,b\n1,2\n'))).format.encoding).toBe('utf-16le');
  const latin = await ask('id,', Uint8Array.of(0xe9), '\n1,', Uint8Array.of(0xfc), '\n');
  expect(latin).toMatchObject({
    encodingCertain: false,
    header: ['id', 'é'],
    preview: [['1', 'ü']],
    format: { encoding: 'windows-1252' },
  });
});

test('what is chosen goes before what is found', async () => {
  const file = new Blob(['a,b\n1,2\n']);
  expect(await inspectCsv(file, { header: false, delimiter: ';' })).toMatchObject({
    header: [''],
    preview: [['a,b'], ['1,2']],
  });
});

test('what is no CSV is told', async () => {
  await expect(ask('')).rejects.toMatchObject({ code: 'empty' });
  await expect(ask('\n\n\n')).rejects.toMatchObject({ code: 'empty' });
  await expect(ask('a,b\n1,"open\n2,3\n')).rejects.toMatchObject({ code: 'quotes', line: 2 });
  await expect(ask('a,b\n1,2\n"x"y",3\n')).rejects.toMatchObject({ code: 'quotes', line: 3 });
  await expect(ask(`${'a,'.repeat(1700)}b\n`)).rejects.toMatchObject({ code: 'too-many-columns' });
});
