import type { Link } from '../../lib/mux/link';
import type { Metadata } from '../../lib/mux/metadata';
import type { OutgoingStream } from '../../lib/mux/stream';

/** The tab that runs a playground's machine, as sessions see it. */
export class Host {
  readonly #link: Link;
  #isReplaced = false;

  constructor(link: Link) {
    this.#link = link;
  }

  /** True once a newer host has taken over. */
  get isReplaced(): boolean {
    return this.#isReplaced;
  }

  /** A stream towards the machine; it is reset at once when the tunnel is gone. */
  open(metadata: Metadata): OutgoingStream {
    return this.#link.open(metadata);
  }

  /** Tells this tab that a newer one serves now; what went through it ends. */
  replace(): void {
    this.#isReplaced = true;
    this.#link.close({ code: 'replaced', text: 'Another tab hosts this playground now.' });
  }
}
