import { notebookTitle } from '../keeping/notebook-title';
import type { Session } from '../playground/session';
import { findPlayground } from '../playgrounds/store';
import { playgroundTitle } from '../playgrounds/title';

/** What a playground's snapshots are called unless somebody says otherwise. */
export function titleOf(session: Session): string {
  const { playground } = session.identity.credentials;
  const document = session.document.get();
  if (document) return notebookTitle(document, playground);
  return playgroundTitle({ id: playground, name: findPlayground(playground)?.name ?? '' });
}
