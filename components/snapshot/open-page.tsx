'use client';

import { useEffect } from 'react';
import { Button } from '../ui/button';
import { Message } from '../ui/message';
import type { ShownSnapshot } from './open-link';
import { OpeningPanel } from './opening-panel';
import { SnapshotFactsList } from './snapshot-facts';
import { useShownSnapshot } from './use-shown-snapshot';

/** Shows what a snapshot is before anything of it is fetched or started, and opens it. */
export function OpenPage({ id }: { id: string }) {
  const { look, again } = useShownSnapshot(id);
  if (look.kind === 'looking') {
    return (
      <Message title="Snapshot">
        <p role="status">Looking at what it is…</p>
      </Message>
    );
  }
  if (look.kind === 'problem') {
    const { title, text, canRetry } = look.problem;
    return (
      <Message title={title}>
        <p role="alert" className="text-pretty">
          {text}
        </p>
        {canRetry && (
          <Button look="primary" onClick={again}>
            Try again
          </Button>
        )}
      </Message>
    );
  }
  return <Shown key={look.shown.facts.id} shown={look.shown} />;
}

function Shown({ shown }: { shown: ShownSnapshot }) {
  const { title, note } = shown.card;
  const heading = title.trim() || 'Snapshot';
  useEffect(() => {
    document.title = `${heading} · Warren`;
  }, [heading]);
  return (
    <Message title={heading}>
      {note.trim() !== '' && (
        <blockquote
          aria-label="Note"
          className="w-full whitespace-pre-wrap border-line-strong border-l-2 pl-3 text-pretty [overflow-wrap:anywhere]"
        >
          {note}
        </blockquote>
      )}
      <div className="w-full rounded-md border border-line bg-surface px-4 py-3">
        <SnapshotFactsList shown={shown} />
      </div>
      <OpeningPanel shown={shown} />
      <p className="text-muted text-pretty text-sm">
        It was encrypted in the tab that made it. The key is in this page’s address, behind the #,
        and never leaves this browser.
      </p>
    </Message>
  );
}
