import type { Role } from '../../lib/access/roles';
import type { Link } from '../../lib/mux/link';
import type { Metadata } from '../../lib/mux/metadata';
import type { OutgoingStream } from '../../lib/mux/stream';

/** The tab that runs a playground's machine, as sessions see it. */
export class Host {
  readonly role: Role;
  readonly #link: Link;
  #isReplaced = false;

  /** @param role the role of whoever hosts */
  constructor(link: Link, role: Role) {
    this.#link = link;
    this.role = role;
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
