import type { OpenLinks } from '../access/open-links';
import type { Limits } from '../limits';
import { type MemberEnd, Room } from './room';

/** The rooms of this process by playground id. A room lives while somebody is in it. */
export class Hub {
  readonly #limits: Limits;
  readonly #rooms = new Map<string, Room>();
  readonly #openLinks: OpenLinks;

  constructor(limits: Limits, openLinks: OpenLinks) {
    this.#limits = limits;
    this.#openLinks = openLinks;
  }

  /** The room of a playground; whoever asks joins it. */
  room(playground: string): Room {
    const known = this.#rooms.get(playground);
    if (known) return known;
    const room = new Room({
      limits: this.#limits,
      openLinks: this.#openLinks,
      onEmpty: () => {
        if (this.#rooms.get(playground) === room) this.#rooms.delete(playground);
      },
    });
    this.#rooms.set(playground, room);
    return room;
  }

  get roomCount(): number {
    return this.#rooms.size;
  }

  isHostOnline(playground: string): boolean {
    return this.#rooms.get(playground)?.host !== undefined;
  }

  closeAll(why: MemberEnd): void {
    for (const room of [...this.#rooms.values()]) room.closeAll(why);
  }
}
