import { quoteIdentifier } from '@/lib/postgres/catalogue/quote-identifier';

/** PostgreSQL cuts longer names, in bytes. */
const MAX_NAME_BYTES = 63;
/** What a table may have. */
export const MAX_COLUMNS = 1600;
/** Every table has these already. */
const SYSTEM_COLUMNS = new Set(['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid']);

/** Names that need no quotes where that is possible: `Größe (cm)` becomes `grosse_cm`. All different. */
export function columnNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((title, index) => {
    const name = free(plainName(title) || `column_${index + 1}`, taken);
    taken.add(name);
    return name;
  });
}

/** A table's name from its file's, other than those there are. */
export function tableNameOf(fileName: string, taken: ReadonlySet<string>): string {
  const base = fileName.replace(/\.(csv|tsv|tab|txt)$/i, '');
  return free(plainName(base) || 'imported', taken);
}

function plainName(title: string): string {
  const letters = title
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  const name = cut(/^\p{N}/u.test(letters) ? `_${letters}` : letters, MAX_NAME_BYTES);
  const guarded =
    SYSTEM_COLUMNS.has(name) || (/^[a-z_][a-z0-9_]*$/.test(name) && quoteIdentifier(name) !== name);
  return guarded ? `${name}_` : name;
}

function free(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) {
    const ending = `_${number}`;
    const candidate = cut(name, MAX_NAME_BYTES - ending.length) + ending;
    if (!taken.has(candidate)) return candidate;
  }
}

/** The beginning of a name that has so many bytes at most, cut between characters. */
function cut(name: string, bytes: number): string {
  let kept = '';
  let length = 0;
  for (const character of name) {
    length += byteLength(character);
    if (length > bytes) break;
    kept += character;
  }
  return kept;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** What is wrong with a name somebody typed; undefined when nothing is. Any characters will do, between quotes. */
export function nameProblem(name: string, what: 'table' | 'column'): string | undefined {
  if (name === '') return `The ${what} needs a name.`;
  if (name.includes('\0')) return 'A name cannot hold a NUL.';
  if (byteLength(name) > MAX_NAME_BYTES) return `A name has at most ${MAX_NAME_BYTES} bytes.`;
  if (what === 'column' && SYSTEM_COLUMNS.has(name))
    return 'PostgreSQL keeps this name for itself.';
  return undefined;
}

/** The names that occur more than once. */
export function repeatedNames(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) repeated.add(name);
    seen.add(name);
  }
  return repeated;
}
