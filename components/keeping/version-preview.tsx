'use client';

import { useMemo, useState } from 'react';
import type * as Y from 'yjs';
import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { Question } from '../ui/question';
import { compareNotebooks, describeRestore } from './compare-notebooks';
import { ComparedCell } from './compared-cell';
import type { About } from './dialog-button';
import { readSpoken } from './read-spoken';
import { restoreVersion } from './restore-version';
import { useSpoken } from './use-spoken';
import { useVersion } from './use-version';
import { versionLabel } from './version-label';
import { deleteVersion, type Version } from './versions-api';

interface VersionPreviewProps extends About {
  version: Version;
  /** The list of versions is another one now. */
  onChanged: () => void;
}

/** A version read only, what restoring it would do, and the button that does it. */
export function VersionPreview({ version, onChanged, ...about }: VersionPreviewProps) {
  const { credentials } = about.session.identity;
  const opened = useVersion(credentials, version.id);
  if (opened.kind === 'loading') {
    return <p className="text-muted text-sm">Fetching the version…</p>;
  }
  if (opened.kind === 'failed') {
    return (
      <Notice tone="bad" announce="alert" title="The version cannot be shown">
        {opened.message}
      </Notice>
    );
  }
  return <OpenedVersion {...about} version={version} doc={opened.value} onChanged={onChanged} />;
}

type Restoring =
  | { readonly kind: 'not-yet' }
  | { readonly kind: 'working' }
  | { readonly kind: 'done' }
  | { readonly kind: 'undone' }
  | { readonly kind: 'failed'; readonly message: string };

function OpenedVersion(props: VersionPreviewProps & { doc: Y.Doc }) {
  const { notebook, session, version, doc, onChanged } = props;
  const { credentials, kind } = session.identity;
  const [restoring, setRestoring] = useState<Restoring>({ kind: 'not-yet' });
  const mayEdit = useCell(notebook.mayEdit, false);
  const present = useSpoken(notebook);
  const past = useMemo(() => readSpoken(doc), [doc]);
  const comparison = useMemo(() => compareNotebooks(past, present), [past, present]);
  const effect = describeRestore(comparison);
  const label = versionLabel(version);

  const restore = async () => {
    setRestoring({ kind: 'working' });
    const answer = await restoreVersion(notebook, credentials, { doc, label });
    setRestoring(answer.ok ? { kind: 'done' } : { kind: 'failed', message: answer.message });
    onChanged();
  };
  const remove = async () => {
    const answer = await deleteVersion(credentials, version.id);
    if (!answer.ok) setRestoring({ kind: 'failed', message: answer.message });
    onChanged();
  };

  return (
    <section aria-label={`Version ${label}`} className="min-w-0 space-y-3">
      <h3 className="truncate font-semibold">{past.title === '' ? 'No title' : past.title}</h3>
      <p className="text-muted text-pretty text-sm">
        {effect ? `Restoring ${effect}.` : 'The notebook reads the same now.'}
        {!mayEdit && ' This page may only look at it.'}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          look="primary"
          size="small"
          disabled={!mayEdit || !effect || restoring.kind === 'working'}
          onClick={restore}
        >
          Restore
        </Button>
        {kind === 'owner' && (
          <Question
            label="Delete"
            name={`Delete version ${label}`}
            title="Delete this version?"
            yes="Delete it"
            no="Keep it"
            onYes={remove}
          >
            It cannot be brought back. The notebook itself stays as it is.
          </Question>
        )}
      </div>
      <RestoreNotice
        restoring={restoring}
        label={label}
        onUndo={() => {
          notebook.undo.undo();
          setRestoring({ kind: 'undone' });
        }}
      />
      <ol aria-label="Cells of this version" className="space-y-2">
        {comparison.cells.map((compared) => (
          <ComparedCell key={compared.past.cell.id} compared={compared} />
        ))}
        {comparison.added.map((added) => (
          <ComparedCell key={added.cell.id} compared={{ kind: 'added', past: added }} />
        ))}
      </ol>
    </section>
  );
}

interface RestoreNoticeProps {
  restoring: Restoring;
  label: string;
  onUndo: () => void;
}

function RestoreNotice({ restoring, label, onUndo }: RestoreNoticeProps) {
  switch (restoring.kind) {
    case 'not-yet':
      return null;
    case 'working':
      return (
        <p role="status" className="text-muted text-sm">
          Saving what it is now, then restoring…
        </p>
      );
    case 'done':
      return (
        <Notice
          tone="ok"
          announce="alert"
          title="Restored"
          actions={
            <Button size="small" onClick={onUndo}>
              Undo
            </Button>
          }
        >
          The notebook reads as {label} for everybody. What it was before is in the list as a
          version of its own.
        </Notice>
      );
    case 'undone':
      return (
        <Notice tone="plain" announce="alert" title="Undone">
          The notebook is as it was before.
        </Notice>
      );
    case 'failed':
      return (
        <Notice tone="bad" announce="alert" title="Nothing was changed">
          {restoring.message}
        </Notice>
      );
  }
}
