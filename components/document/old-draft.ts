/** Before there were notebooks, this browser kept the one editor's text under this key and the playground's id. */
const KEY_PREFIX = 'warren.sql.';

export function readOldDraft(playground: string): string | undefined {
  try {
    return localStorage.getItem(KEY_PREFIX + playground) ?? undefined;
  } catch {
    return undefined;
  }
}

export function forgetOldDraft(playground: string): void {
  try {
    localStorage.removeItem(KEY_PREFIX + playground);
  } catch {
    // Where nothing can be kept, nothing was.
  }
}
