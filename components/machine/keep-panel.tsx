'use client';

import type { KeepState } from '@/lib/machine/types';
import type { HostedMachine } from '../playground/hosted-machine';
import { useCell } from '../state/cell';
import { useNow } from '../state/use-now';
import { Button } from '../ui/button';
import { Facts } from '../ui/facts';
import { formatBytes } from '../ui/format';
import { Notice } from '../ui/notice';
import { momentText, summarizeKept } from './keep-text';
import { useStorage } from './use-storage';

const NOT_YET: KeepState = { kind: 'off', why: 'The machine has not been saved yet.' };

/** How the machine is kept in this browser: when, how large, how much room there is, and what is wrong with it. */
export function KeepPanel({ machine }: { machine: HostedMachine }) {
  const kept = useCell(machine.kept, NOT_YET);
  const now = useNow();
  const stored = kept.kind === 'saved' ? kept.storedBytes : undefined;
  const { room, persist } = useStorage(`${kept.kind} ${stored}`);
  const { risk } = summarizeKept(kept, now);
  return (
    <div className="space-y-2">
      {kept.kind === 'failed' && <KeepTrouble kept={kept} machine={machine} />}
      <Facts
        facts={[
          ...(kept.kind === 'saved'
            ? [
                ['Saved', momentText(kept.savedAt, now)] as const,
                ['Takes here', formatBytes(kept.storedBytes)] as const,
                // Nothing when it has only been read so far.
                ...(kept.writtenBytes > 0
                  ? [['Last save wrote', formatBytes(kept.writtenBytes)] as const]
                  : []),
              ]
            : []),
          ...(room
            ? [
                [
                  'Browser storage',
                  `${formatBytes(room.usedBytes)} of ${formatBytes(room.quotaBytes)}`,
                ] as const,
              ]
            : []),
        ]}
      />
      {kept.kind !== 'failed' && <p className="text-muted text-xs text-pretty">{risk}</p>}
      {room && !room.isPersistent && kept.kind === 'saved' && (
        <div className="flex items-start justify-between gap-2 text-muted text-xs">
          <span className="text-pretty">
            The browser may clear it by itself when the disk runs short.
          </span>
          <Button size="small" onClick={() => void persist()}>
            Ask it not to
          </Button>
        </div>
      )}
    </div>
  );
}

interface KeepTroubleProps {
  kept: Extract<KeepState, { kind: 'failed' }>;
  machine: HostedMachine;
}

/** Why the machine is no longer kept, and what can be done. The machine itself goes on. */
function KeepTrouble({ kept, machine }: KeepTroubleProps) {
  return (
    <Notice
      tone="bad"
      announce="alert"
      title="The machine could not be saved"
      actions={
        // Its outcome shows here again.
        <Button size="small" onClick={() => void machine.saveNow().catch(() => {})}>
          Try again
        </Button>
      }
    >
      {kept.message}{' '}
      {kept.code === 'storage-full' &&
        'Delete playgrounds you no longer need on the home page, or free room on the disk. '}
      The machine goes on; Save to file in the Machine menu keeps it too.{' '}
      <span className="text-muted text-xs">({kept.code})</span>
    </Notice>
  );
}
