import { FEATURE_NOT_SUPPORTED, type MetaAnswer, SYNTAX_ERROR } from './answer';

/** What psql needs and a notebook has another way for; the run goes on. */
const SAID = new Map(
  Object.entries({
    timing: 'Each result here shows how long its statement took; there is nothing to switch on.',
    x: 'To read a wide row, select a value in the result: it is shown whole beside the grid.',
    q: 'There is no session to leave: close the tab, or just go on.',
    g: 'Not needed here: a statement runs when its cell runs.',
    gx: 'Not needed here: select a value in the result to see it whole.',
    pset: 'Results here are shown as a grid; \\pset has nothing to set.',
    a: 'Results here are shown as a grid.',
    t: 'Results here are shown as a grid.',
    H: 'Results here are shown as a grid; Download writes CSV or JSON.',
    p: 'The text of this cell is its query buffer.',
    r: 'The text of this cell is its query buffer.',
    errverbose: 'An error here shows all that PostgreSQL said of it.',
  }),
);

/** What cannot be done here, and what does it instead; the run stops, since what follows may rely on it. */
const REFUSED = new Map<string, readonly [text: string, hint: string]>(
  Object.entries({
    copy: [
      '\\copy reads and writes files of your computer, and a cell cannot.',
      'Drop a CSV file on the page to make a table of it; Download in a result writes CSV or JSON. psql does \\copy with the connection string under Share.',
    ],
    i: [
      'A cell cannot read files of your computer.',
      'Press Import to open a .sql file as cells, or paste its text.',
    ],
    c: [
      'A page has one session, with the database postgres.',
      'Use schemas to keep things apart, or psql with the connection string under Share.',
    ],
    '!': [
      'There is no shell here.',
      'COPY … TO PROGRAM runs commands in the machine, if your role may.',
    ],
    o: ['A cell cannot write files of your computer.', 'Download in a result writes CSV or JSON.'],
    e: ['The cell is the editor.', 'Change its text and run it again.'],
    set: [
      'A notebook has parameters in place of psql’s variables.',
      'Write :name in the SQL; a field for its value appears above the cell.',
    ],
    gset: [
      'A notebook has parameters in place of psql’s variables.',
      'Write :name in the SQL; a field for its value appears above the cell.',
    ],
    echo: ["A cell's words belong in a text cell.", "Or write select 'the text';"],
    watch: [
      'A cell runs once each time you press Run.',
      'Press Shift+Enter or Run cell again to repeat it.',
    ],
    gexec: ['A cell does not run what a query returns.', 'DO $$ … EXECUTE … $$ runs text as SQL.'],
    crosstabview: [
      'A grid does not turn rows into columns.',
      'Use the chart, or FILTER: count(*) FILTER (WHERE …).',
    ],
    h: [
      'The reference of SQL is not in this page.',
      'postgresql.org/docs has it; Ctrl+Space completes names here.',
    ],
    password: ['A page cannot ask for a password here.', 'ALTER ROLE … PASSWORD … sets one.'],
    encoding: [
      'The page speaks UTF-8 with the server, always.',
      'SHOW server_encoding tells the server’s.',
    ],
    if: ['A cell has no conditions of psql’s.', 'DO $$ BEGIN IF … END $$ decides in SQL.'],
    '.': [
      'Data below COPY … FROM STDIN is not read from a cell.',
      'Drop a CSV file on the page, or write INSERT.',
    ],
  }),
);

/** Other names of the same. */
const SAME = new Map(
  Object.entries({
    ir: 'i',
    include: 'i',
    include_relative: 'i',
    connect: 'c',
    quit: 'q',
    ef: 'e',
    ev: 'e',
    edit: 'e',
    out: 'o',
    w: 'o',
    write: 'o',
    unset: 'set',
    prompt: 'set',
    setenv: 'set',
    bind: 'set',
    qecho: 'echo',
    warn: 'echo',
    print: 'p',
    reset: 'r',
    help: 'h',
    html: 'H',
    elif: 'if',
    else: 'if',
    endif: 'if',
    f: 'pset',
    C: 'pset',
    T: 'pset',
  }),
);

/** What psql does and a cell does not: what to do instead. */
export function elsewhere(name: string): MetaAnswer {
  const known = SAME.get(name) ?? name;
  const said = SAID.get(known);
  if (said !== undefined) return { kind: 'said', text: said };
  const refused = REFUSED.get(known);
  if (refused) {
    const [text, hint] = refused;
    return { kind: 'refused', code: FEATURE_NOT_SUPPORTED, text, hint };
  }
  return {
    kind: 'refused',
    code: SYNTAX_ERROR,
    text: name === '' ? 'A backslash alone is no command.' : `There is no command \\${name} here.`,
    hint: '\\? lists those there are.',
  };
}
