import type { HostedMachine } from './hosted-machine';
import { hostLock } from './places';

/** What this tab is in the playground. */
export type Seat =
  /** The browser's tabs are being asked which of them hosts. */
  | { readonly kind: 'electing' }
  | { readonly kind: 'host'; readonly machine: HostedMachine }
  /** The owner's, but another tab of this browser hosts. */
  | { readonly kind: 'second-tab' }
  /** The hosting tab has closed; this one may host next. */
  | { readonly kind: 'heir' }
  /** Came by a link. While nobody hosts, an editor may, and has the seat of a host then. */
  | { readonly kind: 'guest' };

export interface Election {
  /** This tab hosts, and goes on to until it closes. */
  won(): void;
  /** Another tab hosts. */
  lost(): void;
  /** That other tab has closed, and this one is next. */
  inherited(): void;
}

/** A tab that is reopened may be quicker than the end of the one it replaces; it inherits within this time and hosts. */
export const REOPENED_MS = 1500;

/**
 * Chooses one host among the tabs of this browser by a Web Lock, which the browser frees when its tab ends,
 * however it ends. Where there are no Web Locks (a page without TLS) the tab hosts, and the relay tells the older one.
 */
export function stand(playground: string, { won, lost, inherited }: Election): void {
  const name = hostLock(playground);
  const forever = new Promise<never>(() => {});
  const stoodAt = performance.now();
  const { locks } = navigator;
  if (!locks) {
    won();
    return;
  }
  void locks.request(name, { ifAvailable: true }, (lock) => {
    if (lock) {
      won();
      return forever;
    }
    lost();
    void locks.request(name, () => {
      if (performance.now() - stoodAt < REOPENED_MS) won();
      else inherited();
      return forever;
    });
    return undefined;
  });
}
