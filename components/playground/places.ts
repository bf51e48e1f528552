/** The address of a playground's page; the first group is its id. */
export const PLAYGROUND_PATH = /^\/p\/([a-z0-9]{12})\/?$/;

/** The Web Lock that the hosting tab of this browser holds. */
export function hostLock(playground: string): string {
  return `warren-host-${playground}`;
}
