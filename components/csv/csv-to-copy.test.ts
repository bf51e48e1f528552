import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvBatches } from './csv-batches';
import type { CsvFormat } from './csv-format';
import type { PlannedColumn } from './csv-plan';
import { CopyWriter, copySource } from './csv-to-copy';
import { LineMap } from './line-map';

const FORMAT: CsvFormat = { encoding: 'utf-8', delimiter: ',', newline: '\n', header: true };
const TEXTS: PlannedColumn[] = [
  { name: 'a', type: 'text' },
  { name: 'b', type: 'text' },
];

async function copied(csv: string, columns = TEXTS, format = FORMAT): Promise<string> {
  const writer = new CopyWriter({ format, table: 't', columns });
  const batches = csvBatches(new Blob([csv]), format);
  const source = copySource(batches, writer, new AbortController().signal, () => {});
  let text = '';
  for await (const chunk of source) text += new TextDecoder().decode(chunk);
  return text;
}

test('rows become what COPY reads', async () => {
  expect(await copied('a,b\n1,\n"x\ty","back\\slash"\n"two\nlines","say ""hi"""')).toBe(
    '1\t\\N\nx\\ty\tback\\\\slash\ntwo\\nlines\tsay "hi"\n',
  );
  expect(await copied('a,b\r\n1,2\r\n\r\n3,4\r\n')).toBe('1\t2\n3\t4\n');
  // What would end COPY's data, were it not escaped.
  expect(await copied('a,b\n\\.,x\n')).toBe('\\\\.\tx\n');
});

test('errors name the line and the column', async () => {
  const numbers: PlannedColumn[] = [
    { name: 'a', type: 'text' },
    { name: 'n', type: 'integer' },
  ];
  await expect(copied('a,n\n"two\nlines",1\n\nx,many\n', numbers)).rejects.toMatchObject({
    code: 'value',
    line: 5,
    message:
      'Line 5, column “n”: “many” is no integer. Choose text for this column, or another type.',
  });
  await expect(copied('a,n\n1,2,3\n')).rejects.toMatchObject({ code: 'field-count', line: 2 });
  await expect(copied('a,n\nx,\0\n')).rejects.toMatchObject({ code: 'value', line: 2 });
  await expect(copied('a,b\nx,"y\n')).rejects.toMatchObject({ code: 'quotes', line: 2 });
});

test('a quote that never closes is found without reading all there is', async () => {
  const endless = `a,b\nx,"${'y,z\n'.repeat(2_000_000)}`;
  await expect(copied(endless)).rejects.toMatchObject({ code: 'quotes', line: 2 });
});

test('a character that is cut by a slice is whole, and so are rows', async () => {
  const rows = Array.from({ length: 60_000 }, (_, i) => `ü${i},"🐇 ""${i}""\n"`);
  const made = await copied(`a,b\n${rows.join('\n')}\n`);
  const lines = made.split('\n');
  expect(lines).toHaveLength(60_001);
  expect(lines[59_999]).toBe('ü59999\t🐇 "59999"\\n');
});

test('bytes that are not of the encoding are told with their place', async () => {
  const writer = new CopyWriter({ format: FORMAT, table: 't', columns: TEXTS });
  const file = new Blob(['a,b\n', 'x,y\n'.repeat(100_000), Uint8Array.of(0xff), ',z\n']);
  const source = copySource(
    csvBatches(file, FORMAT),
    writer,
    new AbortController().signal,
    () => {},
  );
  await expect(
    (async () => {
      for await (const _ of source);
    })(),
  ).rejects.toMatchObject({ code: 'encoding' });
});

test('any values come through', async () => {
  const cell = fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .filter((text) => !text.includes('\0') && !text.endsWith('\r'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 10 }),
      async (rows) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const csv = rows.map((row) => row.map(quoted).join(',')).join('\n');
        const made = await copied(`a,b\n${csv}\n`);
        const back = made
          .slice(0, -1)
          .split('\n')
          .map((line) => line.split('\t').map(unescapeCopy));
        expect(back).toEqual(rows.map((row) => row.map((text) => (text === '' ? null : text))));
      },
    ),
    { numRuns: Number(process.env.CSV_FUZZ ?? 100) },
  );
});

function unescapeCopy(text: string): string | null {
  if (text === '\\N') return null;
  const plain: Record<string, string> = { n: '\n', r: '\r', t: '\t', '\\': '\\' };
  return text.replace(/\\(.)/g, (_, character: string) => plain[character] ?? character);
}

test('the line of a row is found', () => {
  const map = new LineMap();
  [2, 3, 6, 7, 20].forEach((line, index) => {
    map.add(index + 1, line);
  });
  expect([1, 2, 3, 4, 5].map((row) => map.lineOf(row))).toEqual([2, 3, 6, 7, 20]);
});
