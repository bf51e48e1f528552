import type { Limits } from '../limits';
import { type MemberEnd, Room } from './room';

/** The rooms of this process by playground id. A room lives while somebody is in it. */
export class Hub {
  readonly #limits: Limits;
  readonly #rooms = new Map<string, Room>();
  readonly #justRevoked = new Set<string>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** The room of a playground; whoever asks joins it. */
  room(playground: string): Room {
    const known = this.#rooms.get(playground);
    if (known) return known;
    const room = new Room({
      limits: this.#limits,
      isRevoked: (link) => this.#justRevoked.has(link),
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

  /**
   * Closes what a link opened. Somebody may have read the link from the database a moment before it was
   * revoked and be on the way in; so it is remembered here until all such are through.
   */
  closeLink(playground: string, link: string): void {
    this.#justRevoked.add(link);
    const forget = () => this.#justRevoked.delete(link);
    setTimeout(forget, this.#limits.pgAuthenticationMs * 2).unref();
    this.#rooms.get(playground)?.closeLink(link);
  }

  closeAll(why: MemberEnd): void {
    for (const room of [...this.#rooms.values()]) room.closeAll(why);
  }
}
