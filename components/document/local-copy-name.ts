/** The name of the database that holds a playground's notebook in this browser. */
export function localCopyName(playground: string): string {
  return `warren.notebook.${playground}`;
}
