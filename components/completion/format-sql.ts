/** What became of a text that was to be formatted. */
export type Formatted =
  | { readonly kind: 'formatted'; readonly text: string }
  /** It is laid out well already. */
  | { readonly kind: 'unchanged' }
  /** It was left as it is; the message says why. */
  | { readonly kind: 'failed'; readonly message: string };

/** Longer texts would hold the page for too long. In UTF-16 units. */
const MAX_LENGTH = 200_000;

/** Lays SQL out as people do by hand. Fetches the formatter when it is first asked. Never rejects. */
export async function formatSql(text: string): Promise<Formatted> {
  if (text.trim() === '') return { kind: 'unchanged' };
  if (text.length > MAX_LENGTH) {
    return {
      kind: 'failed',
      message: 'The cell is too long to be formatted (200,000 characters).',
    };
  }
  try {
    const { formatDialect, postgresql } = await import('sql-formatter');
    const made = formatDialect(text, {
      dialect: postgresql,
      keywordCase: 'preserve',
      tabWidth: 2,
      expressionWidth: 80,
      linesBetweenQueries: 1,
      // Parameters of the notebook and of PostgreSQL stay what they are.
      paramTypes: { named: [':'], numbered: ['$'] },
    });
    return made === text ? { kind: 'unchanged' } : { kind: 'formatted', text: made };
  } catch (error) {
    return { kind: 'failed', message: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const place = /at line (\d+) column (\d+)/.exec(message);
  return place
    ? `The SQL could not be read at line ${place[1]}, column ${place[2]}. It is left as it was.`
    : 'The SQL could not be read, or the formatter could not be fetched. It is left as it was.';
}
