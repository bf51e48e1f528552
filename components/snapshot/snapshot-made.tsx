'use client';

import { Button } from '../ui/button';
import { CopyField } from '../ui/copy-field';
import { Notice } from '../ui/notice';
import type { OwnLink } from './own-links';
import { snapshotLink } from './snapshot-link';
import { WHEN } from './when';

interface SnapshotMadeProps {
  link: OwnLink;
  /** This browser remembers it. */
  isKept: boolean;
  onAnother: () => void;
}

/** The link, once it opens something. */
export function SnapshotMade({ link, isKept, onAnother }: SnapshotMadeProps) {
  return (
    <div className="space-y-3">
      <CopyField
        label="Snapshot link"
        value={snapshotLink(location.origin, link.id, link.key)}
        hint={`Opens until ${WHEN.format(link.expiresAt)}. Whoever has it can read all of the snapshot; the server cannot, since the key stands behind the #.`}
      />
      {!isKept && (
        <Notice tone="warn" title="Copy it now">
          This browser keeps nothing for this page, and nobody else knows the key.
        </Notice>
      )}
      <div className="flex justify-end">
        <Button size="small" onClick={onAnother}>
          Make another
        </Button>
      </div>
    </div>
  );
}
