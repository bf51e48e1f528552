/** Monaco editors at a time: more than a screen shows, few enough for a phone's memory and for remote cursors. */
export const MONACO_SLOTS = 12;

/** A cell's editor in the queue for Monaco. */
export interface MonacoSeeker {
  /** In the viewport, or just outside it. */
  setNear(near: boolean): void;
  /** What has the focus is served first, and keeps what it has. */
  setFocused(focused: boolean): void;
  leave(): void;
}

interface Seeker {
  readonly tell: (granted: boolean) => void;
  near: boolean;
  focused: boolean;
  granted: boolean;
}

/**
 * Gives the few Monaco editors a page can afford to the cells that are looked at, one at a time and only when the page
 * is idle. A cell keeps its editor until another one needs it.
 */
export class MonacoSlots {
  /** Those with an editor, the one given first in front. */
  private readonly granted = new Set<Seeker>();
  private readonly seekers = new Set<Seeker>();
  private open = false;
  private planned = false;

  /** @param whenIdle calls back when there is time for one editor */
  constructor(private readonly whenIdle: (then: () => void) => void) {}

  /** Monaco's code has come, and the page is calm. */
  begin(): void {
    this.open = true;
    this.plan();
  }

  join(tell: (granted: boolean) => void): MonacoSeeker {
    const seeker: Seeker = { tell, near: false, focused: false, granted: false };
    this.seekers.add(seeker);
    return {
      setNear: (near) => {
        seeker.near = near;
        this.plan();
      },
      setFocused: (focused) => {
        seeker.focused = focused;
        this.plan();
      },
      leave: () => {
        this.seekers.delete(seeker);
        this.granted.delete(seeker);
        this.plan();
      },
    };
  }

  private plan(): void {
    if (!this.open || this.planned || !this.next()) return;
    this.planned = true;
    this.whenIdle(() => {
      this.planned = false;
      const next = this.next();
      if (!next) return;
      this.revoke(next.victim);
      this.granted.add(next.seeker);
      next.seeker.granted = true;
      next.seeker.tell(true);
      this.plan();
    });
  }

  /** Who gets an editor next, and who has to give one up for it. */
  private next(): { seeker: Seeker; victim: Seeker | undefined } | undefined {
    const waiting = [...this.seekers].filter(({ granted }) => !granted);
    const seeker = waiting.find(({ focused }) => focused) ?? waiting.find(({ near }) => near);
    if (!seeker) return undefined;
    if (this.granted.size < MONACO_SLOTS) return { seeker, victim: undefined };
    const dispensable = [...this.granted].filter(({ focused }) => !focused);
    const victim =
      dispensable.find(({ near }) => !near) ?? (seeker.focused ? dispensable[0] : undefined);
    return victim && { seeker, victim };
  }

  private revoke(seeker: Seeker | undefined): void {
    if (!seeker) return;
    this.granted.delete(seeker);
    seeker.granted = false;
    seeker.tell(false);
  }
}
