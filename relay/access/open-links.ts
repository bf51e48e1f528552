/**
 * What each link has opened in this process: tunnels, sessions, notebooks. A revocation ends all of it, whatever
 * it is. Somebody may have read a link from the database a moment before it was revoked and be on the way in; so
 * a revoked link is remembered here until all such are through.
 */
export class OpenLinks {
  readonly #rememberMs: number;
  readonly #opened = new Map<string, Set<() => void>>();
  readonly #justRevoked = new Set<string>();

  /** @param rememberMs the longest way in: from reading the link to `add` */
  constructor(rememberMs: number) {
    this.#rememberMs = rememberMs;
  }

  /**
   * Keeps `close` for the link's revocation. Returns the function that forgets it; undefined, and nothing kept, when
   * the link was just revoked.
   */
  add(link: string, close: () => void): (() => void) | undefined {
    if (this.#justRevoked.has(link)) return undefined;
    const opened = this.#opened.get(link) ?? new Set();
    this.#opened.set(link, opened);
    opened.add(close);
    return () => {
      opened.delete(close);
      if (opened.size === 0 && this.#opened.get(link) === opened) this.#opened.delete(link);
    };
  }

  /** Closes what the link has opened, and what it opens from now on. */
  revoke(link: string): void {
    this.#justRevoked.add(link);
    setTimeout(() => this.#justRevoked.delete(link), this.#rememberMs).unref();
    for (const close of [...(this.#opened.get(link) ?? [])]) close();
  }
}
