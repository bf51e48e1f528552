import { type DragEvent, type ReactNode, useState } from 'react';

interface DropAreaProps {
  hint: string;
  children: ReactNode;
  /** @param folders how many folders were among what was dropped; they cannot be read */
  onFiles: (files: readonly File[], folders: number) => void;
}

/** Takes files that are dropped on it. */
export function DropArea({ hint, children, onFiles }: DropAreaProps) {
  const [isOver, setOver] = useState(false);
  const enter = (event: DragEvent) => {
    if (!isForUs(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (isOver) return;
    setOver(true);
    // The page takes files too (components/notebook/csv-drop.tsx); for it they have left.
    window.dispatchEvent(new globalThis.DragEvent('dragleave'));
  };
  const leave = ({ currentTarget, relatedTarget }: DragEvent) => {
    if (!currentTarget.contains(relatedTarget as Node | null)) setOver(false);
  };
  const drop = (event: DragEvent) => {
    if (!isForUs(event)) return;
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    const items = [...event.dataTransfer.items].filter(({ kind }) => kind === 'file');
    const files: File[] = [];
    let folders = 0;
    for (const item of items) {
      const file = item.getAsFile();
      if (item.webkitGetAsEntry()?.isDirectory) folders++;
      else if (file) files.push(file);
    }
    onFiles(files, folders);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has its equal in the button for choosing files
    <div
      className="relative"
      onDragEnter={enter}
      onDragOver={enter}
      onDragLeave={leave}
      onDrop={drop}
    >
      {children}
      {isOver && (
        <div className="pointer-events-none absolute inset-0 z-10 grid place-items-center rounded-lg border-2 border-accent border-dashed bg-page/80">
          <p className="px-4 text-center font-medium">{hint}</p>
        </div>
      )}
    </div>
  );
}

/** Files, and not over a dialog, which is below us only for React. */
function isForUs({ currentTarget, target, dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes('Files') && currentTarget.contains(target as Node);
}
