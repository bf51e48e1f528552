import { type MetaAnswer, type MetaQuery, SYNTAX_ERROR } from './answer';
import { type CommandLine, readCommandLine } from './command-line';
import { describe } from './describe';
import { elsewhere } from './elsewhere';
import { connectionInfo, help } from './help';
import {
  databaseList,
  extensionList,
  functionList,
  type ListOptions,
  relationList,
  roleList,
  schemaList,
  typeList,
} from './lists';
import { readPattern } from './pattern';
import { functionSource, viewSource } from './source';

/** What to do for a meta-command, e.g. `\dt+ public.*`. Answers everything; what it does not know it refuses. */
export function answerMetaCommand(line: string): MetaAnswer {
  const command = readCommandLine(line);
  const plain = PLAIN.get(command.name.replace(/\+$/, ''));
  if (plain) return plain(command);
  for (const [expression, list] of LISTS) {
    const found = expression.exec(command.name);
    if (found) return answerList(command, found[1] ?? '', found[2] ?? '', list);
  }
  return elsewhere(command.name);
}

const PLAIN = new Map<string, (command: CommandLine) => MetaAnswer>([
  ['?', help],
  ['conninfo', connectionInfo],
  ['sf', ({ rest }) => functionSource(rest)],
  ['sv', ({ rest }) => viewSource(rest)],
]);

type Listing = (letters: string, options: ListOptions) => MetaQuery;

/** Expressions give the letters between name and modifiers, and the modifiers. */
const LISTS: readonly (readonly [RegExp, Listing])[] = [
  [/^d([tvmisE]*)([S+]*)$/, relationList],
  [/^df([anptw]*)([S+]*)$/, functionList],
  [/^d(T)([S+]*)$/, (_, options) => typeList(options)],
  [/^d(n)([S+]*)$/, (_, options) => schemaList(options)],
  [/^d([ug])([S+]*)$/, (_, options) => roleList(options)],
  [/^d(x)([S+]*)$/, (_, options) => extensionList(options)],
  [/^(l|list)([S+]*)$/, (_, options) => databaseList(options)],
];

function answerList(
  { name, words }: CommandLine,
  letters: string,
  modifiers: string,
  list: Listing,
): MetaAnswer {
  const [written, extra] = words;
  if (extra !== undefined) {
    return {
      kind: 'refused',
      code: SYNTAX_ERROR,
      text: `\\${name} takes one pattern; "${extra}" is one more.`,
      hint: extra.startsWith('\\') ? 'Write each command on a line of its own.' : undefined,
    };
  }
  const pattern = written === undefined ? undefined : readPattern(written);
  if (written !== undefined && pattern === undefined) {
    return {
      kind: 'refused',
      code: SYNTAX_ERROR,
      text: `"${written}" has too many dots; a name is schema.name.`,
      hint: 'Write a dot that belongs to a name in double quotes.',
    };
  }
  const plus = modifiers.includes('+');
  if (pattern && written !== undefined && list === relationList && letters === '') {
    return describe(pattern, written, plus);
  }
  const system = modifiers.includes('S') || pattern !== undefined;
  return { kind: 'queries', queries: [list(letters, { pattern, plus, system })] };
}
