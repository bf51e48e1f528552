import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import {
  draggable,
  dropTargetForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useState } from 'react';
import type { NotebookActions } from './notebook-actions';

/** Where a dragged cell would go, beside the one it is over. */
export type DropEdge = 'above' | 'below';

const KEY = 'warren-cell';

/** Lets a cell be dragged by its handle, and others be dropped beside it. The buttons Move up and Move down do the same. */
export function useCellDrag(
  cell: string,
  /** Absent where cells may not be moved. */
  actions: NotebookActions | undefined,
  frame: RefObject<HTMLElement | null>,
  handle: RefObject<HTMLElement | null>,
): DropEdge | 'none' {
  const [edge, setEdge] = useState<DropEdge | 'none'>('none');
  useEffect(() => {
    const { current: element } = frame;
    const { current: dragHandle } = handle;
    if (!actions || !element || !dragHandle) return;
    const leave = () => setEdge('none');
    const edgeAt = (clientY: number): DropEdge => {
      const { top, height } = element.getBoundingClientRect();
      return clientY < top + height / 2 ? 'above' : 'below';
    };
    return combine(
      draggable({ element, dragHandle, getInitialData: () => ({ [KEY]: cell }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => typeof source.data[KEY] === 'string' && source.data[KEY] !== cell,
        onDrag: ({ location }) => setEdge(edgeAt(location.current.input.clientY)),
        onDragLeave: leave,
        onDrop: ({ source, location }) => {
          leave();
          const dragged = source.data[KEY];
          if (typeof dragged !== 'string') return;
          const where = edgeAt(location.current.input.clientY);
          actions.move(dragged, where === 'above' ? { before: cell } : { after: cell });
        },
      }),
    );
  }, [cell, actions, frame, handle]);
  return edge;
}
