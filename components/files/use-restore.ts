import { useEffect, useRef, useState } from 'react';
import { stayFor } from '../state/stay';
import { ended, NO_OUTPUT, type ProgramOutput, withOutput } from './program-output';
import { type RestoreJob, restoreDump } from './restore';
import { type RestoreReport, reportOf } from './restore-report';

/** Where a restore is. */
export type RestoreStage =
  | { readonly kind: 'asked' }
  | {
      readonly kind: 'running';
      readonly output: ProgramOutput;
      /** Of the dump, as it is packed. */
      readonly bytes: number;
    }
  | {
      readonly kind: 'over';
      readonly output: ProgramOutput;
      readonly report: RestoreReport;
      /** A database was made for it, which is there now. */
      readonly madeDatabase: boolean;
    };

/** The page is told this often, however fast the program writes. */
const TELL_EVERY_MS = 150;

export interface RestoreModel {
  readonly stage: RestoreStage;
  start(job: RestoreJob): Promise<void>;
  cancel(): void;
  /** Back to the choices. */
  again(): void;
}

/** @param onOver called when the database may hold other things */
export function useRestore(onOver: () => void): RestoreModel {
  const [stage, setStage] = useState<RestoreStage>({ kind: 'asked' });
  const abort = useRef<AbortController>(null);
  // A page that is left takes its restore with it.
  useEffect(() => () => abort.current?.abort(), []);

  const start = async (job: RestoreJob) => {
    const controller = new AbortController();
    abort.current = controller;
    let output = NO_OUTPUT;
    let bytes = 0;
    const tell = () => setStage({ kind: 'running', output, bytes });
    tell();
    const timer = setInterval(tell, TELL_EVERY_MS);
    const end = await stayFor(
      restoreDump(job, {
        signal: controller.signal,
        onOutput: (text) => {
          output = withOutput(output, text);
        },
        onProgress: (now) => {
          bytes = now;
        },
      }),
    );
    clearInterval(timer);
    output = ended(output);
    setStage({
      kind: 'over',
      output,
      report: reportOf(end, output, job.dump.format, job.choices),
      madeDatabase: job.choices.target.kind === 'new' && end.kind !== 'unmade',
    });
    onOver();
  };

  return {
    stage,
    start,
    cancel: () => abort.current?.abort(),
    again: () => setStage({ kind: 'asked' }),
  };
}
