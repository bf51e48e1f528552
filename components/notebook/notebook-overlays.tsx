'use client';

import { type ComponentType, useEffect, useState } from 'react';
import { useCell } from '../state/cell';
import type { OverlayProps } from './command-palette';
import type { NotebookActions, Overlay } from './notebook-actions';

const LOADERS = {
  palette: () => import('./command-palette').then(({ CommandPalette }) => CommandPalette),
  help: () => import('./help-sheet').then(({ HelpSheet }) => HelpSheet),
} as const;

/** The command palette and the help sheet. Their code comes when they are first asked for. */
export function NotebookOverlays({
  actions,
  mayEdit,
}: {
  actions: NotebookActions;
  mayEdit: boolean;
}) {
  const overlay = useCell<Overlay>(actions.overlay, 'none');
  const [shown, setShown] = useState<{
    readonly overlay: Overlay;
    readonly Shown: ComponentType<OverlayProps>;
  }>();
  useEffect(() => {
    if (overlay === 'none') return;
    let gone = false;
    LOADERS[overlay]().then(
      (Shown) => !gone && setShown({ overlay, Shown }),
      () => actions.overlay.set('none'),
    );
    return () => {
      gone = true;
    };
  }, [overlay, actions]);
  if (!shown || shown.overlay !== overlay) return null;
  return (
    <shown.Shown actions={actions} mayEdit={mayEdit} onClose={() => actions.overlay.set('none')} />
  );
}
