'use client';

import { useState } from 'react';
import type { Credentials } from '@/lib/machine/types';
import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy-text';
import { formatBytes, plural } from '../ui/format';
import { Notice } from '../ui/notice';
import { Question } from '../ui/question';
import { type OwnLink, ownLinks } from './own-links';
import type { ListedSnapshot } from './snapshot-api';
import { snapshotLink } from './snapshot-link';
import { useSnapshots } from './use-snapshots';
import { WHEN } from './when';

interface EarlierSnapshotsProps {
  credentials: Credentials;
  /** Changes when there is a new one. */
  renew: unknown;
}

const NO_LINKS: readonly OwnLink[] = [];

/** The snapshots of this playground that the server has. */
export function EarlierSnapshots({ credentials, renew }: EarlierSnapshotsProps) {
  const { snapshots, failure, remove, retry } = useSnapshots(credentials, renew);
  const links = useCell(ownLinks, NO_LINKS);
  if (snapshots.kind === 'loading') return null;
  if (snapshots.kind === 'failed') {
    return (
      <Notice
        tone="plain"
        title="Earlier snapshots cannot be shown"
        actions={
          <Button size="small" onClick={retry}>
            Try again
          </Button>
        }
      >
        {snapshots.message}
      </Notice>
    );
  }
  if (snapshots.value.length === 0) return null;
  return (
    <section aria-label="Snapshots of this playground">
      <h3 className="font-semibold text-sm">Snapshots of this playground</h3>
      <p className="mt-0.5 text-muted text-pretty text-xs">
        The server has them without their keys. Titles and links are shown of those made in this
        browser, which keeps their keys until they expire.
      </p>
      {failure !== undefined && (
        <Notice tone="bad" announce="alert" title="It was not deleted" className="mt-2">
          {failure}
        </Notice>
      )}
      <ul className="mt-2 divide-y divide-line rounded-md border border-line">
        {snapshots.value.map((snapshot) => (
          <Row
            key={snapshot.id}
            snapshot={snapshot}
            link={links.find(({ id }) => id === snapshot.id)}
            onDelete={() => remove(snapshot.id)}
          />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  snapshot: ListedSnapshot;
  link: OwnLink | undefined;
  onDelete: () => void;
}

function Row({ snapshot, link, onDelete }: RowProps) {
  const [said, setSaid] = useState('');
  const title = link?.title || `Snapshot of ${WHEN.format(new Date(snapshot.createdAt))}`;
  const { openingsLeft } = snapshot;
  const copy = async (url: string) =>
    setSaid((await copyText(url)) ? 'Copied' : 'This browser refuses the clipboard.');
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 p-2.5 text-sm">
      <div className="min-w-0 flex-1 basis-full sm:basis-48">
        <p className="truncate font-medium">{title}</p>
        <p className="text-muted text-xs">
          {formatBytes(snapshot.bytes)},{' '}
          {snapshot.finished
            ? `until ${WHEN.format(new Date(snapshot.expiresAt))}`
            : 'not sent to its end'}
          {openingsLeft !== null && `, ${plural(openingsLeft, 'opening')} left`}
        </p>
      </div>
      <span aria-live="polite" className="text-ok text-xs">
        {said}
      </span>
      {link && (
        <Button
          size="small"
          aria-label={`Copy link of ${title}`}
          onClick={() => copy(snapshotLink(location.origin, link.id, link.key))}
        >
          Copy link
        </Button>
      )}
      <Question
        label="Delete"
        name={`Delete ${title}`}
        title={`Delete ${title}?`}
        yes="Delete it"
        no="Keep it"
        onYes={onDelete}
      >
        Its link opens nothing from now on. Playgrounds that were made of it stay.
      </Question>
    </li>
  );
}
