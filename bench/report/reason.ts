/** Why something failed, in one line for the report: without the stack and the names a page's error is wrapped in. */
export function reasonOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const [line = ''] = message.split('\n');
  return line.replace(/^(?:page\.evaluate: )?(?:\w*Error: )?/, '');
}
