import type { Awareness } from 'y-protocols/awareness';
import { Cell, type Readable } from '../state/cell';
import { colourOf } from './palette';
import { type PersonState, personState } from './person-state';
import type { Person } from './types';

/**
 * Who is there, by awareness: this page first, the others by their ids. Told anew only when something of it has
 * changed, since awareness also carries every movement of a cursor.
 */
export class PeopleList {
  readonly people: Readable<readonly Person[]>;
  readonly #people = new Cell<readonly Person[]>([]);
  readonly #awareness: Awareness;
  /** A state is replaced, never changed, so of three hundred only the few that moved are read again. */
  readonly #read = new WeakMap<object, PersonState>();
  #looking = false;

  constructor(awareness: Awareness) {
    this.people = this.#people;
    this.#awareness = awareness;
    awareness.on('change', this.#onChange);
    this.#look();
  }

  dispose(): void {
    this.#awareness.off('change', this.#onChange);
  }

  readonly #onChange = (): void => {
    if (this.#looking) return;
    this.#looking = true;
    queueMicrotask(() => {
      this.#looking = false;
      this.#look();
    });
  };

  #look(): void {
    const present = this.#people.get();
    const known = new Map(present.map((person) => [person.id, person]));
    const next = this.#readAll().map((person) => {
      const before = known.get(person.id);
      return before && isSame(before, person) ? before : person;
    });
    if (next.length === present.length && next.every((person, i) => person === present[i])) return;
    this.#people.set(next);
  }

  #readAll(): Person[] {
    const people: Person[] = [];
    for (const [id, state] of this.#awareness.getStates()) {
      const { user, cell } = this.#readOne(state);
      if (!user) continue;
      const { name, role, colour = colourOf(id) } = user;
      const isMe = id === this.#awareness.clientID;
      people.push({ id, name, colour, role, isMe, ...(cell !== undefined && { cell }) });
    }
    return people.sort((a, b) => Number(b.isMe) - Number(a.isMe) || a.id - b.id);
  }

  #readOne(state: object): PersonState {
    let read = this.#read.get(state);
    if (!read) {
      read = personState(state);
      this.#read.set(state, read);
    }
    return read;
  }
}

function isSame(a: Person, b: Person): boolean {
  return (
    a.name === b.name &&
    a.colour === b.colour &&
    a.role === b.role &&
    a.isMe === b.isMe &&
    a.cell === b.cell
  );
}
