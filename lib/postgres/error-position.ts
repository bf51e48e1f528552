/**
 * Turns PostgreSQL's error position (code points from 1) into an index into the JavaScript string
 * that was sent (UTF-16 units from 0). A position outside gives the nearest end.
 */
export function errorOffset(sql: string, position: number): number {
  let index = 0;
  for (let left = position - 1; left > 0 && index < sql.length; left--) {
    index += (sql.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return index;
}
