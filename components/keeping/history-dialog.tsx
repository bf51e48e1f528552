'use client';

import { useState } from 'react';
import { useCell } from '../state/cell';
import type { Loaded } from '../state/loaded';
import { Button } from '../ui/button';
import { DialogFrame } from '../ui/dialog-frame';
import { Notice } from '../ui/notice';
import type { About } from './dialog-button';
import { SaveVersionForm } from './save-version-form';
import { useVersions } from './use-versions';
import { VersionList } from './version-list';
import { VersionPreview } from './version-preview';
import type { Version } from './versions-api';

export function HistoryDialog({ notebook, session, onClose }: About & { onClose: () => void }) {
  const mayEdit = useCell(notebook.mayEdit, false);
  const { versions, reload } = useVersions(session.identity.credentials);
  return (
    <DialogFrame
      size="wide"
      title="History"
      description="What the notebook was. The server keeps a version by itself every ten minutes in which something changed, and those you save."
      onClose={onClose}
    >
      {mayEdit && <SaveVersionForm notebook={notebook} session={session} onSaved={reload} />}
      <Versions versions={versions} about={{ notebook, session }} onChanged={reload} />
    </DialogFrame>
  );
}

interface VersionsProps {
  versions: Loaded<readonly Version[]>;
  about: About;
  onChanged: () => void;
}

function Versions({ versions, about, onChanged }: VersionsProps) {
  const [chosen, setChosen] = useState<string>();
  if (versions.kind === 'loading') {
    return <p className="text-muted text-sm">Asking the server for the versions…</p>;
  }
  if (versions.kind === 'failed') {
    return (
      <Notice
        tone="bad"
        announce="alert"
        title="The versions cannot be listed"
        actions={
          <Button size="small" onClick={onChanged}>
            Try again
          </Button>
        }
      >
        {versions.message} The notebook itself can be edited meanwhile.
      </Notice>
    );
  }
  if (versions.value.length === 0) {
    return (
      <p className="rounded-md border border-line border-dashed px-4 py-5 text-muted text-sm">
        There is no version yet. Save one before you try something, and you can come back to it.
      </p>
    );
  }
  const version = versions.value.find(({ id }) => id === chosen);
  return (
    <div className="grid gap-4 sm:grid-cols-[15rem_minmax(0,1fr)]">
      <div className="max-h-[30dvh] overflow-y-auto sm:max-h-[60dvh]">
        <VersionList versions={versions.value} chosen={chosen} onChoose={setChosen} />
      </div>
      <div className="min-w-0 overflow-y-auto sm:max-h-[60dvh]">
        {version ? (
          <VersionPreview key={version.id} {...about} version={version} onChanged={onChanged} />
        ) : (
          <p className="text-muted text-sm">Choose a version to see what it holds.</p>
        )}
      </div>
    </div>
  );
}
