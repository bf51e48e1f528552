/**
 * A database and the role of the page, as a connection string for `--dbname` of PostgreSQL's programs: a bare name
 * with `=` in it would be taken for such a string.
 */
export function connInfo(database: string): string {
  return `user=owner dbname='${database.replace(/[\\']/g, '\\$&')}'`;
}
