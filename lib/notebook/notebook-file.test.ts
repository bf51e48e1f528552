import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CarriedNotebook, insertNotebook, replaceNotebook, takeNotebook } from './carried';
import type { NewCell } from './cells';
import { writeMarkdownFile } from './markdown-file';
import { type FileProblem, MAX_FILE_BYTES, readNotebookFile } from './notebook-file';
import { writeSqlFile } from './sql-file';
import { applyTemplate, TEMPLATES } from './templates';
import { documentWith, texts } from './testing/documents';

const FORMATS = [
  { name: 'a.sql', write: writeSqlFile },
  { name: 'a.md', write: writeMarkdownFile },
];

function read(name: string, text: string): CarriedNotebook {
  const outcome = readNotebookFile(name, new TextEncoder().encode(text));
  if (outcome.kind !== 'read') throw new Error(outcome.problem);
  return outcome.notebook;
}

/** Lines that mean something to one of the formats. */
const line = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/[\r\n\0]/g, '')),
  fc.constantFrom(
    '',
    ' ',
    '--',
    '-- ',
    '-- x',
    '-- %% sql',
    '-- \\%% sql',
    '-- \\\\%% text {"view":1}',
    ';-- %%',
    ';-- \\%%',
    'select 1',
    'select 1;',
    "select '",
    '/*',
    '$$',
    '```',
    '```sql',
    '````',
    '~~~',
    '# Title',
    '-->',
    '<!--',
    '<!-- warren sql -->',
    '<!-- \\warren text -->',
    '<!-- warren notebook {"schema":1} -->',
    '-- warren notebook {}',
    '%% sql',
    '\\d',
    '> quote',
    '<script>alert(1)</script>',
    '\ufeff',
    // Lines to JavaScript's regular expressions, not to a file.
    'a\u2028b',
    '\u2029',
    '-- %% input {"a":"\u2028"}',
  ),
);
const text = fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n'));
const cell: fc.Arbitrary<NewCell> = fc.oneof(
  fc.record({ kind: fc.constantFrom('sql', 'text'), text }),
  fc.record({
    kind: fc.constant('sql' as const),
    text,
    view: fc.record({
      kind: fc.constant('chart' as const),
      chart: fc.constant('bar' as const),
      x: text,
      y: fc.array(text, { maxLength: 2 }),
    }),
  }),
  fc.record({
    kind: fc.constant('input' as const),
    text,
    input: fc.record({
      name: fc.constantFrom('n', 'größe', '__proto__'),
      type: fc.constant('choice' as const),
      options: fc.array(text, { maxLength: 3 }),
    }),
  }),
);
const notebook: fc.Arbitrary<CarriedNotebook> = fc.record({
  title: line,
  cells: fc.array(cell, { maxLength: 5 }),
  values: fc
    .array(fc.tuple(fc.constantFrom('a', 'b', '__proto__'), text), { maxLength: 3 })
    .map((pairs) => new Map(pairs)),
});

describe.each(FORMATS)('a file like $name', ({ name, write }) => {
  it('gives back all that was written', () => {
    fc.assert(
      fc.property(notebook, (whole) => {
        expect(read(name, write(whole))).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('also when its lines end as on Windows, and with a byte order mark', () => {
    const cells: NewCell[] = [
      { kind: 'sql', text: 'select 1;\n-- end' },
      { kind: 'text', text: 'a\n\nb' },
    ];
    const whole = { title: 'x', cells, values: new Map() };
    expect(read(name, `\ufeff${write(whole).replaceAll('\n', '\r\n')}`)).toEqual(whole);
    const utf16 = Buffer.from(`\ufeff${write(whole)}`, 'utf16le');
    expect(readNotebookFile(name, utf16)).toEqual({ kind: 'read', notebook: whole });
  });

  it.each(TEMPLATES)('holds the starting point $id', ({ notebook: whole }) => {
    expect(read(name, write(whole))).toEqual(whole);
  });

  it('from document to document', () => {
    const { doc } = documentWith();
    const [, tour] = TEMPLATES;
    if (!tour) throw new Error('no tour');
    applyTemplate(doc, tour);
    const { doc: other } = documentWith({ kind: 'sql', text: 'old' });
    replaceNotebook(other, read(name, write(takeNotebook(doc))));
    expect(takeNotebook(other)).toEqual(takeNotebook(doc));
    expect(takeNotebook(other).cells).toHaveLength(8);
  });

  it('cut anywhere, or with anything in its marks, it is still read', () => {
    const whole = write({
      title: 't',
      values: new Map([['a', 'b']]),
      cells: [
        { kind: 'sql', text: 'select 1', view: { kind: 'grid' } },
        { kind: 'text', text: 'x' },
      ],
    });
    for (let at = 1; at < whole.length; at++) read(name, whole.slice(0, at));
    fc.assert(
      fc.property(fc.json(), (json) => {
        read(
          name,
          whole
            .replace(/\{"view".*?\}\}/, json)
            .replace(/\{"schema".*\]\}/, () => `{"schema":1,"values":${json}}`),
        );
      }),
    );
  });
});

describe('a file that cannot be read is refused with a reason', () => {
  const header = '-- warren notebook {"schema":2}\n';
  it.each<[FileProblem, Uint8Array | string]>([
    ['empty', ''],
    ['empty', ' \n\t\r\n'],
    ['too-large', new Uint8Array(MAX_FILE_BYTES + 1).fill(32)],
    ['not-text', Uint8Array.of(0xff, 0xfe, 0x00)],
    ['not-text', Uint8Array.of(0x73, 0xe9, 0x20)],
    ['not-text', 'select \0'],
    ['newer', header],
    ['too-many-cells', `${header.replace('2', '1')}${'-- %% sql\n'.repeat(2_001)}`],
    ['cell-too-long', `${header.replace('2', '1')}-- %% sql\n${'x'.repeat(1_000_001)}`],
    ['cell-too-long', `select '${'x'.repeat(1_000_001)}'`],
  ])('%s', (problem, content) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const outcome = readNotebookFile('x.sql', bytes);
    expect(outcome).toMatchObject({ kind: 'refused', problem });
    expect(outcome.kind === 'refused' && outcome.message.endsWith('.')).toBe(true);
  });

  it('ends with an outcome, whatever it repeats', () => {
    const units = [
      '-- %% sql\n',
      '```sql\n',
      '\\d\n',
      'copy t from stdin;\n',
      'copy ',
      '\n',
      '\\d\n\n',
      "'",
      '`',
      '<!-- warren sql -->\n',
      'begin;\n\n',
      'a \n\f',
      '; ',
      '-- \n\n',
    ];
    for (const unit of units) {
      const bytes = new TextEncoder().encode(unit.repeat(200_000 / unit.length));
      for (const name of ['a.sql', 'a.md']) {
        expect(readNotebookFile(name, bytes).kind).toMatch(/^(read|refused)$/);
      }
    }
  });
});

describe('scripts that are not ours', () => {
  function cells(script: string): [string, string | undefined][] {
    return read('dir/My script.sql', script).cells.map((one) => [one.kind, one.text]);
  }

  it('statements without an empty line between them are one cell, with their comments', () => {
    const script = `-- A shop\n-- of ours\n\ncreate table t (a int);\ninsert into t values (1); -- one\n\n\n-- what is there\nselect *\n\nfrom t;\n`;
    expect(cells(script)).toEqual([
      ['text', 'A shop\nof ours'],
      ['sql', 'create table t (a int);\ninsert into t values (1); -- one'],
      ['sql', '-- what is there\nselect *\n\nfrom t;'],
    ]);
    expect(read('dir/My script.sql', script).title).toBe('My script');
  });

  it('a transaction is one cell', () => {
    expect(cells('begin;\n\nselect 1;\n\ncommit;\n\nselect 2;')).toEqual([
      ['sql', 'begin;\n\nselect 1;\n\ncommit;'],
      ['sql', 'select 2;'],
    ]);
  });

  it('psql’s commands and the data of a COPY stand apart', () => {
    const copy = "COPY public.t (a) FROM stdin;\n1\n\nit's\n\\.";
    expect(cells(`select 1;\n\\connect x\nselect 2;\n${copy}\nselect 3;`)).toEqual([
      ['sql', 'select 1;'],
      ['sql', '\\connect x'],
      ['sql', 'select 2;'],
      ['sql', copy],
      ['sql', 'select 3;'],
    ]);
  });

  it('a backslash within a string cuts nothing', () => {
    expect(cells("select 'a\n\\d'; select 2")).toEqual([['sql', "select 'a\n\\d'; select 2"]]);
  });

  it('a dump of thousands of statements makes a notebook that can be used', () => {
    const dump = Array.from({ length: 3_000 }, (_, i) => `create table t${i} ();`).join('\n\n');
    const found = cells(dump);
    expect(found.length).toBeLessThanOrEqual(200);
    expect(found.map(([, sql]) => sql).join('\n\n')).toBe(dump);
  });

  it('nothing but comments is still something', () => {
    expect(cells('-- a\n-- b')).toEqual([['text', 'a\nb']]);
    expect(cells('/* a */')).toEqual([['sql', '/* a */']]);
  });
});

describe('Markdown that is not ours', () => {
  function cells(markdown: string): [string, string | undefined][] {
    return read('x.md', markdown).cells.map((one) => [one.kind, one.text]);
  }

  it('prose becomes text, fenced SQL becomes SQL', () => {
    const markdown =
      '# Title\n\nProse.\n\n```sql\nselect 1;\n```\n\nMore:\n~~~PostgreSQL title="x"\nselect 2\n~~~\n';
    expect(cells(markdown)).toEqual([
      ['text', '# Title\n\nProse.'],
      ['sql', 'select 1;'],
      ['text', 'More:'],
      ['sql', 'select 2'],
    ]);
  });

  it('other fences stay in the prose, with SQL fences shown in them', () => {
    const shown = '````md\n```sql\nselect 1\n```\n````';
    expect(cells(`${shown}\n\n\`\`\`python\nx\n\`\`\``)).toEqual([
      ['text', `${shown}\n\n\`\`\`python\nx\n\`\`\``],
    ]);
  });

  it('a fence that is not closed reaches to the end', () => {
    expect(cells('```sql\nselect 1\n\n# no title')).toEqual([['sql', 'select 1\n\n# no title']]);
  });
});

it('text cells cannot make a script run something', () => {
  const text = 'harmless\rdrop table t;\r\nand more\n\\! rm\n*/ drop';
  const script = writeSqlFile(takeNotebook(documentWith({ kind: 'text', text }).doc));
  for (const one of script.split(/[\r\n]/)) expect(one).toMatch(/^(--|$)/);
});

it('imported cells are put among those that are there, and values of these stay', () => {
  const { doc, ids } = documentWith({ kind: 'sql', text: 'a' }, { kind: 'sql', text: 'b' });
  const carried = {
    title: 't',
    cells: [{ kind: 'text', text: 'new' } as const],
    values: new Map(),
  };
  expect(insertNotebook(doc, carried, { after: ids[0] ?? '' }).done).toBe(true);
  expect(texts(doc)).toEqual(['a', 'new', 'b']);
});
