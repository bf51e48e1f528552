'use client';

import { useState } from 'react';
import { forkDocument } from '../keeping/fork-document';
import type { HostedMachine } from '../playground/hosted-machine';
import type { Session } from '../playground/session';
import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import { DialogFrame } from '../ui/dialog-frame';
import { Notice } from '../ui/notice';
import { BaggageNote } from './baggage-note';
import { type Choices, expiriesUpTo, firstChoices, settledTtl } from './choices';
import { EarlierSnapshots } from './earlier-snapshots';
import { KindField } from './kind-field';
import { makingOf } from './making-of';
import { MakingProgress } from './making-progress';
import { SnapshotForm } from './snapshot-form';
import { SnapshotMade } from './snapshot-made';
import type { Making } from './snapshot-making';
import { titleOf } from './title-of';
import { useBaggage } from './use-baggage';
import { useSizes } from './use-sizes';
import { useSnapshotLimits } from './use-snapshot-limits';

interface SnapshotDialogProps {
  session: Session;
  /** The machine of this tab; undefined in a tab that has none. */
  machine: HostedMachine | undefined;
  open: boolean;
  onClose: () => void;
}

const IDLE: Making = { kind: 'idle' };

/** Makes a link by which a colleague gets a copy of the machine. */
export function SnapshotDialog({ session, machine, open, onClose }: SnapshotDialogProps) {
  const making = makingOf(session);
  const state = useCell(making.state, IDLE);
  const [choices, setChoices] = useState<Choices>();
  if (!open) return null;
  return (
    <DialogFrame
      title="Snapshot"
      description="A link by which others get a copy of this machine as it is now. It is encrypted in this tab; the key is in the link and nowhere else."
      onClose={onClose}
    >
      <div className="space-y-5">
        {state.kind === 'made' && (
          <SnapshotMade
            link={state.link}
            isKept={state.isKept}
            onAnother={() => making.dismiss()}
          />
        )}
        {(state.kind === 'reading' || state.kind === 'sending' || state.kind === 'stuck') && (
          <MakingProgress making={making} state={state} />
        )}
        {(state.kind === 'idle' || state.kind === 'failed') &&
          (machine ? (
            <Asking
              session={session}
              machine={machine}
              choices={choices ?? firstChoices(titleOf(session))}
              failure={state.kind === 'failed' ? state.message : undefined}
              onChange={setChoices}
            />
          ) : (
            <Notice tone="plain" title="The database does not run in this tab">
              Only the tab that runs the machine can make a snapshot of it. Open this dialog there.
            </Notice>
          ))}
        <EarlierSnapshots
          credentials={session.identity.credentials}
          renew={state.kind === 'made' ? state.link.id : ''}
        />
      </div>
    </DialogFrame>
  );
}

interface AskingProps {
  session: Session;
  machine: HostedMachine;
  choices: Choices;
  failure: string | undefined;
  onChange: (choices: Choices) => void;
}

/** What goes along, and the button that makes the link. */
function Asking({ session, machine, choices, failure, onChange }: AskingProps) {
  const [refusal, setRefusal] = useState<string>();
  const { sizes, measure, stop } = useSizes(machine);
  const baggage = useBaggage(machine);
  const ttlMaxSeconds = useSnapshotLimits()?.ttlMaxSeconds;
  const document = useCell(session.document, undefined);
  const isRunning = useCell(machine.state, OFF).stage === 'ready';
  const create = () => {
    const title = choices.title.trim() || titleOf(session);
    const copy = document && forkDocument(document.doc, title);
    if (copy?.kind === 'refused') {
      setRefusal(copy.message);
      return;
    }
    setRefusal(undefined);
    stop();
    void makingOf(session).create(machine, {
      ...choices,
      title,
      note: choices.note.trim(),
      ttlSeconds: settledTtl(choices.ttlSeconds, expiriesUpTo(ttlMaxSeconds)),
      notebook: copy?.update,
      maxOpenings: choices.maxOpenings || undefined,
    });
  };
  return (
    <div className="space-y-4">
      <KindField
        value={choices.kind}
        sizes={sizes}
        onChange={(kind) => onChange({ ...choices, kind })}
        onMeasure={measure}
      />
      <SnapshotForm choices={choices} ttlMaxSeconds={ttlMaxSeconds} onChange={onChange} />
      <BaggageNote baggage={baggage} kind={choices.kind} hasNotebook={document !== undefined} />
      {(refusal ?? failure) !== undefined && (
        <Notice tone="bad" announce="alert" title="No link was made">
          {refusal ?? failure}
        </Notice>
      )}
      <div className="flex justify-end">
        <Button look="primary" disabled={!isRunning} onClick={create}>
          {isRunning ? 'Create' : 'The machine does not run'}
        </Button>
      </div>
    </div>
  );
}

const OFF = { stage: 'off' } as const;
