/**
 * A text as an SQL literal that means the same whatever `standard_conforming_strings` is. The text must hold no NUL,
 * which no literal can express.
 */
export function literal(text: string): string {
  return `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
