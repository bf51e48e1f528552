import { literal } from './literal';

/** psql's pattern for names, as regular expressions; a part that is absent fits everything. */
export interface NamePattern {
  /** It was written with a schema, be it `*`. */
  readonly qualified: boolean;
  readonly database?: string;
  readonly schema?: string;
  readonly name?: string;
}

/**
 * Reads a pattern: letters fold to lower case, `*` stands for anything, `?` for one character, a dot parts schema and
 * name, and in double quotes everything stands for itself. All else is escaped, so that no pattern is a broken regular
 * expression. Undefined when there are too many dots.
 */
export function readPattern(text: string): NamePattern | undefined {
  const parts = [''];
  let quoted = false;
  const characters = [...text];
  for (let at = 0; at < characters.length; at++) {
    const char = characters[at] ?? '';
    const last = parts.length - 1;
    if (char === '"') {
      if (quoted && characters[at + 1] === '"') {
        parts[last] += '"';
        at++;
      } else quoted = !quoted;
    } else if (quoted) parts[last] += escaped(char);
    else if (char === '.') parts.push('');
    else if (char === '*') parts[last] += '.*';
    else if (char === '?') parts[last] += '.';
    else parts[last] += escaped(char.toLowerCase());
  }
  if (parts.length > 3) return undefined;
  const qualified = parts.length > 1;
  const [name, schema, database] = parts.reverse().map(anchored);
  return { qualified, name, schema, database };
}

function escaped(char: string): string {
  return /[\\|*+?()[\]{}.^$]/.test(char) ? `\\${char}` : char;
}

/** The whole name has to fit; what fits everything is no condition. */
function anchored(expression: string): string | undefined {
  return expression === '' || expression === '.*' ? undefined : `^(${expression})$`;
}

/** Which columns of a catalogue query a pattern is about. */
export interface PatternColumns {
  readonly name: string;
  /** Another column whose fit is as good. */
  readonly otherName?: string;
  readonly schema?: string;
  /** True for what can be named without its schema: demanded when the pattern names no schema. */
  readonly visible?: string;
}

/** Conditions to be joined by AND; none when everything fits. */
export function patternConditions(
  pattern: NamePattern | undefined,
  columns: PatternColumns,
): string[] {
  const conditions: string[] = [];
  if (pattern?.database) {
    conditions.push(fits('pg_catalog.current_database()', pattern.database));
  }
  if (pattern?.schema && columns.schema) conditions.push(fits(columns.schema, pattern.schema));
  if (pattern?.name) {
    const name = fits(columns.name, pattern.name);
    conditions.push(
      columns.otherName ? `(${name} OR ${fits(columns.otherName, pattern.name)})` : name,
    );
  }
  if (!pattern?.qualified && columns.visible) conditions.push(columns.visible);
  return conditions;
}

function fits(column: string, expression: string): string {
  return `${column}::pg_catalog.text OPERATOR(pg_catalog.~) ${literal(expression)} COLLATE pg_catalog."default"`;
}
