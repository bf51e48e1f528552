/** What a snapshot's id looks like; the server decides whether there is one. */
const SNAPSHOT_ID = /^[a-z0-9]{12}$/;

export function isSnapshotId(text: string): boolean {
  return SNAPSHOT_ID.test(text);
}

/**
 * The link that is shared: `<origin>/s/<id>#<key>`. The key stands in the fragment, which browsers do not send.
 * @param key as SealingKey.fragment gives it
 */
export function snapshotLink(origin: string, id: string, key: string): string {
  return `${origin.replace(/\/+$/, '')}/s/${id}#${key}`;
}
