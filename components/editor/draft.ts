const KEY_PREFIX = 'warren.sql.';
/** A pause in typing; each save writes the whole text. */
const SAVE_DELAY_MS = 400;

const FIRST_TEXT = `-- Ctrl+Enter runs everything, or what is selected.
select version();
`;

/** Drops what was kept for a playground that this browser forgets. */
export function forgetDraft(playground: string): void {
  try {
    localStorage.removeItem(KEY_PREFIX + playground);
  } catch {
    // Where nothing can be kept, nothing was.
  }
}

/** The text of a playground's editor as this browser keeps it. */
export class Draft {
  private readonly key: string;
  private pending: { readonly text: string; readonly timer: number } | undefined;

  constructor(playground: string) {
    this.key = KEY_PREFIX + playground;
    window.addEventListener('pagehide', () => this.flush());
  }

  load(): string {
    try {
      return localStorage.getItem(this.key) ?? FIRST_TEXT;
    } catch {
      return FIRST_TEXT;
    }
  }

  save(text: string): void {
    clearTimeout(this.pending?.timer);
    this.pending = { text, timer: window.setTimeout(() => this.flush(), SAVE_DELAY_MS) };
  }

  private flush(): void {
    if (!this.pending) return;
    clearTimeout(this.pending.timer);
    const { text } = this.pending;
    this.pending = undefined;
    try {
      localStorage.setItem(this.key, text);
    } catch {
      // A full or refused storage costs the text at the tab's end; there is nowhere else to put it.
    }
  }
}
