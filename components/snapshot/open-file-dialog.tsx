'use client';

import type { SnapshotHeader } from '@/lib/snapshot/codec/header';
import { Button } from '../ui/button';
import { DialogFrame } from '../ui/dialog-frame';
import { Facts } from '../ui/facts';
import { FileField } from '../ui/file-field';
import { formatBytes } from '../ui/format';
import { Notice } from '../ui/notice';
import { ProgressBar } from '../ui/progress-bar';
import { FILE_ENDING } from './file-ending';
import { type FileOpening, useFileOpening } from './use-file-opening';
import { WHEN } from './when';

export interface OpenFileDialogProps {
  open: boolean;
  /** One that was dropped on the page; else it is chosen here. */
  file?: File;
  onClose: () => void;
}

/** Makes a playground of this browser out of a `.warren` file. */
export function OpenFileDialog({ open, ...rest }: OpenFileDialogProps) {
  return open ? <Dialog {...rest} /> : null;
}

function Dialog({ file, onClose }: Omit<OpenFileDialogProps, 'open'>) {
  const { state, look, open, cancel } = useFileOpening(file, onClose);
  const close = () => {
    cancel();
    onClose();
  };
  return (
    <DialogFrame
      title="Open from file"
      description="A machine that was saved to a file becomes a new playground of this browser. The one you are in stays as it is."
      onClose={close}
    >
      <div className="space-y-4">
        {state.kind !== 'opening' && (
          <FileField
            label={state.kind === 'none' ? 'File' : 'Another file'}
            accept={FILE_ENDING}
            onFile={look}
          />
        )}
        <Told state={state} onOpen={open} onCancel={cancel} />
      </div>
    </DialogFrame>
  );
}

interface ToldProps {
  state: FileOpening;
  onOpen: (file: File) => void;
  onCancel: () => void;
}

function Told({ state, onOpen, onCancel }: ToldProps) {
  switch (state.kind) {
    case 'none':
      return null;
    case 'looking':
      return (
        <p role="status" className="text-muted text-sm">
          Looking at {state.file.name}…
        </p>
      );
    case 'shown':
      return <Shown {...state} onOpen={() => onOpen(state.file)} />;
    case 'opening':
      return (
        <div className="space-y-3">
          <p role="status" className="font-medium text-sm">
            Checking it and making a playground…
          </p>
          <ProgressBar label="Open from file" value={state.bytes} max={state.file.size} />
          <p className="text-[13px] text-muted tabular-nums">
            {formatBytes(state.bytes)} of {formatBytes(state.file.size)}
          </p>
          <div className="flex justify-end">
            <Button onClick={onCancel}>Cancel</Button>
          </div>
        </div>
      );
    case 'failed':
      return (
        <Notice
          tone="bad"
          announce="alert"
          title={state.problem.title}
          actions={
            state.problem.canRetry && (
              <Button size="small" onClick={() => onOpen(state.file)}>
                Try again
              </Button>
            )
          }
        >
          {state.file.name}: {state.problem.text}
        </Notice>
      );
  }
}

interface ShownProps {
  file: File;
  header: SnapshotHeader;
  onOpen: () => void;
}

function Shown({ file, header, onOpen }: ShownProps) {
  return (
    <div className="space-y-3">
      <div className="rounded-md border border-line px-3 py-2.5">
        <p className="truncate font-semibold">{header.title.trim() || file.name}</p>
        {header.note.trim() !== '' && (
          <p className="mt-1 mb-2 whitespace-pre-wrap text-sm [overflow-wrap:anywhere]">
            {header.note}
          </p>
        )}
        <Facts
          facts={[
            ['What it is', header.kind === 'machine' ? 'A whole machine' : 'Data of a database'],
            ['Size', formatBytes(file.size)],
            ['PostgreSQL', header.base.postgres],
            ['Memory', `${header.memoryMb} MB`],
            ['Made', WHEN.format(header.createdAt)],
          ]}
        />
      </div>
      <div className="flex justify-end">
        <Button look="primary" autoFocus onClick={onOpen}>
          Open
        </Button>
      </div>
    </div>
  );
}
