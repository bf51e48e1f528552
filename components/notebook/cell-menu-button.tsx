'use client';

import { type ComponentType, useState } from 'react';
import type { NotebookCell } from '@/lib/notebook/types';
import type { CellMenuProps } from './cell-menu';
import { IconButton } from './icon-button';
import type { NotebookActions } from './notebook-actions';

const load = () => import('./cell-menu');

/** Opens what else can be done with a cell. The menu's code comes when the pointer or the focus comes near. */
export function CellMenuButton({
  cell,
  actions,
}: {
  cell: NotebookCell;
  actions: NotebookActions;
}) {
  const [Menu, setMenu] = useState<ComponentType<CellMenuProps>>();
  if (Menu) return <Menu cell={cell} actions={actions} onClosed={() => setMenu(undefined)} />;
  const prepare = () => void load().catch(() => {});
  const open = () =>
    load().then(
      ({ CellMenu }) => setMenu(() => CellMenu),
      // Where the code cannot be fetched, the keyboard and the palette still have the commands.
      () => {},
    );
  return (
    <IconButton
      name="More for this cell"
      icon="more"
      aria-haspopup="menu"
      onPointerEnter={prepare}
      onFocus={prepare}
      onClick={open}
    />
  );
}
