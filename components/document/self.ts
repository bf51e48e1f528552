import type { Awareness } from 'y-protocols/awareness';
import type { Role } from '@/lib/access/roles';
import { isCellId } from '@/lib/notebook/cell-id';
import type { Readable } from '../state/cell';
import { chooseColour, colourOf } from './palette';
import type { Person } from './types';

/** What this page tells the others of itself: who, in which colour, in which cell. */
export class Self {
  readonly #awareness: Awareness;
  readonly #people: Readable<readonly Person[]>;
  readonly #stop: () => void;
  #name: string;
  #role: Role | undefined;
  #colour: string;

  constructor(awareness: Awareness, people: Readable<readonly Person[]>, name: string) {
    this.#awareness = awareness;
    this.#people = people;
    this.#name = name;
    this.#colour = colourOf(awareness.clientID);
    this.#stop = people.subscribe(() => this.#keepApart());
  }

  setRole(role: Role): void {
    if (role === this.#role) return;
    this.#role = role;
    this.#tell();
  }

  rename(name: string): void {
    this.#name = name;
    this.#tell();
  }

  setPlace(cell: string | undefined): void {
    const state = this.#awareness.getLocalState();
    const place = isCellId(cell) ? cell : undefined;
    if (!state || state.cell === place) return;
    // Out of all cells there is no cursor to show; inside one y-monaco sets the selection.
    this.#awareness.setLocalState({
      ...state,
      cell: place,
      ...(place === undefined && { selection: null }),
    });
  }

  dispose(): void {
    this.#stop();
  }

  #keepApart(): void {
    const others = this.#people.get().filter(({ isMe }) => !isMe);
    const colour = chooseColour({ id: this.#awareness.clientID, colour: this.#colour }, others);
    if (colour === this.#colour) return;
    this.#colour = colour;
    this.#tell();
  }

  #tell(): void {
    if (this.#role === undefined) return;
    this.#awareness.setLocalStateField('user', {
      name: this.#name,
      colour: this.#colour,
      role: this.#role,
    });
  }
}
