/** A line that begins with a backslash, taken apart. */
export interface CommandLine {
  /** Without the backslash, e.g. `dt+`. */
  readonly name: string;
  /** Parted by white space outside of quotes; double quotes are kept, since they mean something in a pattern. */
  readonly words: readonly string[];
  /** What follows the name, as it was written. */
  readonly rest: string;
}

const WORD = /(?:"(?:[^"]|"")*"?|'(?:[^']|'')*'?|[^\s"'])+/g;
const QUOTED = /"(?:[^"]|"")*"?|'((?:[^']|'')*)'?/g;

/** @param line begins with a backslash and holds no line's end; semicolons at its end are habit and left out */
export function readCommandLine(line: string): CommandLine {
  const [, name = '', tail = ''] = /^\\([^\s\\;]*)(.*)$/su.exec(line) ?? [];
  const rest = tail.replace(/[\s;]+$/, '').trimStart();
  const words = (rest.match(WORD) ?? []).map(withoutSingleQuotes);
  return { name, words, rest };
}

function withoutSingleQuotes(word: string): string {
  return word.replace(QUOTED, (whole, inside?: string) => inside?.replaceAll("''", "'") ?? whole);
}
