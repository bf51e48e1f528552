import { useEffect } from 'react';
import type { NotebookDocument } from '../document/types';
import { playgrounds, renamePlayground } from '../playgrounds/store';
import { NAME_LENGTH, playgroundTitle } from '../playgrounds/title';
import { NEVER, useCell } from '../state/cell';
import type { Session } from './session';

/**
 * What the page is called: the notebook's title, else what this browser calls the playground. The owner's list of
 * playgrounds takes the title over, so that it is found again under it.
 */
export function useTitle(
  playground: string,
  session: Session | undefined,
  document: NotebookDocument | undefined,
): string {
  const owned = useCell(playgrounds, []).find(({ id }) => id === playground);
  const title = useCell(document?.notebook ?? NEVER, undefined)?.title ?? '';
  const isOwner = session?.identity.kind === 'owner';
  useEffect(() => {
    if (isOwner && title !== '') renamePlayground(playground, title.slice(0, NAME_LENGTH));
  }, [isOwner, title, playground]);
  return title === '' ? playgroundTitle({ id: playground, name: owned?.name ?? '' }) : title;
}
