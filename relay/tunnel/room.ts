import type { Role } from '../../lib/access/roles';
import type { Peer } from '../../lib/machine/types';
import type { OpenLinks } from '../access/open-links';
import type { Limits } from '../limits';
import type { Host } from './host';

/** Why the relay itself ends what a member has open. */
export type MemberEnd = 'revoked' | 'disconnected' | 'shutting-down';

/** Somebody connected to a playground: a page, a psql, or the host itself. */
export interface Member {
  readonly peer: Peer;
  readonly link: string;
  /** Tells the other side why, and closes. */
  close(why: MemberEnd): void;
}

/** What `join` answers; a full room and a link just revoked take nobody. */
export type Joined = 'joined' | 'full' | 'revoked';

/** Whether somebody with this role may take the place of a host that is online. */
export function mayReplaceHost(role: Role): boolean {
  return role === 'owner';
}

/** What a page is told at each change. */
export interface Presence {
  readonly hostOnline: boolean;
  readonly peers: readonly Peer[];
}

/** The people of one playground and the host that serves it, in this process. */
export class Room {
  readonly #limits: Limits;
  readonly #onEmpty: () => void;
  readonly #members = new Map<string, Member>();
  readonly #forgetLinks = new Map<Member, () => void>();
  readonly #watchers = new Set<() => void>();
  readonly #waiters = new Set<(host: Host | undefined) => void>();
  readonly #openLinks: OpenLinks;
  #host: Host | undefined;

  constructor(options: {
    readonly limits: Limits;
    readonly openLinks: OpenLinks;
    readonly onEmpty: () => void;
  }) {
    this.#limits = options.limits;
    this.#openLinks = options.openLinks;
    this.#onEmpty = options.onEmpty;
  }

  get host(): Host | undefined {
    return this.#host;
  }

  get presence(): Presence {
    const peers = [...this.#members.values()].map(({ peer }) => peer);
    return { hostOnline: this.#host !== undefined, peers };
  }

  join(member: Member): Joined {
    if (this.#members.size >= this.#limits.peersPerPlayground) return 'full';
    const forgetLink = this.#openLinks.add(member.link, () => member.close('revoked'));
    if (!forgetLink) {
      this.#checkEmpty();
      return 'revoked';
    }
    this.#forgetLinks.set(member, forgetLink);
    this.#members.set(member.peer.id, member);
    this.#changed();
    return 'joined';
  }

  leave(member: Member): void {
    if (!this.#members.delete(member.peer.id)) return;
    this.#forgetLinks.get(member)?.();
    this.#forgetLinks.delete(member);
    this.#changed();
    this.#checkEmpty();
  }

  /**
   * Makes `host` the one that serves. An owner's always wins, the newest of them; an editor's takes only a place that
   * is free. False when it is not taken.
   */
  setHost(host: Host): boolean {
    const previous = this.#host;
    if (previous && !mayReplaceHost(host.role)) return false;
    this.#host = host;
    previous?.replace();
    for (const arrived of this.#waiters) arrived(host);
    this.#changed();
    return true;
  }

  /** Does nothing for a host that was replaced before. */
  removeHost(host: Host): void {
    if (this.#host !== host) return;
    this.#host = undefined;
    this.#changed();
    this.#checkEmpty();
  }

  /** The host, at once or when it arrives; undefined after `timeoutMs` or when `signal` fires. */
  async waitForHost(timeoutMs: number, signal: AbortSignal): Promise<Host | undefined> {
    if (this.#host || signal.aborted) return this.#host;
    return await new Promise((resolve) => {
      const arrived = (host: Host | undefined) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        this.#waiters.delete(arrived);
        this.#checkEmpty();
        resolve(host);
      };
      const giveUp = () => arrived(undefined);
      const timer = setTimeout(giveUp, timeoutMs);
      signal.addEventListener('abort', giveUp);
      this.#waiters.add(arrived);
    });
  }

  /** Closes one member; false when there is none with this id. */
  disconnect(peerId: string): boolean {
    const member = this.#members.get(peerId);
    member?.close('disconnected');
    return member !== undefined;
  }

  closeAll(why: MemberEnd): void {
    // The host last: else its sessions would be told that it has gone.
    const members = [...this.#members.values()];
    members.sort((a, b) => Number(a.peer.via === 'host') - Number(b.peer.via === 'host'));
    for (const member of members) member.close(why);
    for (const arrived of this.#waiters) arrived(undefined);
  }

  /** Calls `listener` after each change, until the returned function is called. */
  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => {
      this.#watchers.delete(listener);
      this.#checkEmpty();
    };
  }

  get isEmpty(): boolean {
    return (
      this.#members.size === 0 &&
      this.#watchers.size === 0 &&
      this.#waiters.size === 0 &&
      this.#host === undefined
    );
  }

  #changed(): void {
    for (const listener of this.#watchers) listener();
  }

  #checkEmpty(): void {
    if (this.isEmpty) this.#onEmpty();
  }
}
