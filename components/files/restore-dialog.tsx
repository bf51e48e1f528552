'use client';

import { useState } from 'react';
import type { OpenStream } from '@/lib/machine/files';
import type { Backend } from '@/lib/machine/types';
import { useLoaded } from '../state/loaded';
import { Button } from '../ui/button';
import { DialogFrame } from '../ui/dialog-frame';
import { formatBytes } from '../ui/format';
import { Notice } from '../ui/notice';
import { listDatabases } from './databases';
import { type DumpPlace, lookAtDump, placeName, placeSize } from './look-at-dump';
import type { Dump } from './recognise-dump';
import { RestoreForm } from './restore-form';
import { type RestoreChoices, settle } from './restore-plan';
import { RestoreRun } from './restore-run';
import { shownName } from './shown-name';
import { useRestore } from './use-restore';

interface RestoreDialogProps {
  place: DumpPlace;
  open: OpenStream;
  backend: Backend;
  /** The database may hold other things now. */
  onRestored: () => void;
  onClose: () => void;
}

/** All or nothing, and nothing of roles that are not here. */
const CAREFUL: RestoreChoices = {
  target: { kind: 'existing', database: 'postgres' },
  clean: false,
  singleTransaction: true,
  stopAtError: true,
  skipOwners: true,
};

/** Restores a dump with psql or pg_restore in the machine. */
export function RestoreDialog({ place, open, backend, onRestored, onClose }: RestoreDialogProps) {
  const seen = useLoaded(place, () => lookAtDump(place));
  const databases = useLoaded(backend, () => listDatabases(backend));
  const [choices, setChoices] = useState(CAREFUL);
  const { stage, start, cancel, again } = useRestore(onRestored);
  const found = seen.kind === 'loaded' ? seen.value : undefined;
  const dump = found?.kind === 'dump' ? found.dump : undefined;
  const isGzip = found?.kind === 'dump' && found.isGzip;
  const size = placeSize(place);
  const retry = () => {
    // It is there now, whatever came of the rest.
    const { database } = choices.target;
    if (stage.kind === 'over' && stage.madeDatabase) {
      setChoices({ ...choices, target: { kind: 'existing', database } });
    }
    again();
  };
  return (
    <DialogFrame
      title={`Restore ${shownName(placeName(place))}`}
      description={dump ? describe(dump, isGzip, size) : 'The file is looked at first.'}
      size="roomy"
      isWorking={stage.kind === 'running'}
      onClose={onClose}
    >
      <div className="flex flex-col gap-4 text-sm">
        {seen.kind === 'loading' && <p>Looking at the file…</p>}
        {seen.kind === 'failed' && (
          <Notice tone="bad" announce="alert" title="The file cannot be read">
            {seen.message}
          </Notice>
        )}
        {found?.kind === 'none' && (
          <Notice tone="bad" announce="alert" title="This cannot be restored">
            {found.why}
          </Notice>
        )}
        {dump && stage.kind === 'asked' && (
          <RestoreForm
            format={dump.format}
            databases={databases}
            choices={choices}
            onChange={setChoices}
            onStart={() => {
              const settled = settle(dump.format, choices);
              void start({ open, backend, place, dump, isGzip, choices: settled });
            }}
          />
        )}
        {stage.kind !== 'asked' && (
          // What the machine reads by itself, this page cannot count.
          <RestoreRun stage={stage} totalBytes={place.kind === 'local' || isGzip ? size : 0} />
        )}
        <div className="flex flex-wrap justify-end gap-2 empty:hidden">
          {stage.kind === 'running' && <Button onClick={cancel}>Cancel the restore</Button>}
          {stage.kind === 'over' && (
            <>
              {stage.report.tone !== 'ok' && <Button onClick={retry}>Change and try again</Button>}
              <Button look="primary" autoFocus onClick={onClose}>
                Done
              </Button>
            </>
          )}
        </div>
      </div>
    </DialogFrame>
  );
}

const FORMATS: Readonly<Record<Dump['format'], string>> = {
  plain: 'SQL script',
  cluster: 'SQL script that opens databases itself',
  custom: 'Dump in custom format',
  tar: 'Dump in tar format',
};

function describe({ format, database, madeBy }: Dump, isGzip: boolean, size: number): string {
  const of = database === undefined ? '' : ` of database “${shownName(database)}”`;
  const by = madeBy === undefined ? '' : `, made by pg_dump ${shownName(madeBy)}`;
  return `${FORMATS[format]}${of}${by}; ${formatBytes(size)}${isGzip ? ' in gzip' : ''}.`;
}
