'use client';

import { useEffect, useState } from 'react';
import { DialogFrame } from '../../keeping/dialog-frame';
import { BootLog } from '../../log/boot-log';
import { keepMemory } from '../../playgrounds/store';
import { useCell } from '../../state/cell';
import type { MachineAbout } from '../machine-task';
import type { RebootOutcome, RebootPlan, RebootStep } from './plan';
import { RebootForm } from './reboot-form';
import { RebootProgress } from './reboot-progress';
import { RebootResult } from './reboot-result';
import { runReboot } from './run-reboot';

type Stage =
  | { readonly kind: 'asked' }
  | { readonly kind: 'working'; readonly plan: RebootPlan; readonly step: RebootStep }
  | { readonly kind: 'over'; readonly plan: RebootPlan; readonly outcome: RebootOutcome };

/** Begins the machine, or PostgreSQL in it, again: with another memory size, from power-on, with its data or empty. */
export function RebootDialog(props: MachineAbout & { onClose: () => void }) {
  const { machine, memoryMb, session, onClose } = props;
  const { playground } = session.identity.credentials;
  const state = useCell(machine.state, OFF);
  const [stage, setStage] = useState<Stage>({ kind: 'asked' });
  const isWorking = stage.kind === 'working';
  useStayWhile(isWorking);
  const reboot = async (plan: RebootPlan) => {
    setStage({ kind: 'working', plan, step: { kind: 'starting' } });
    if (plan.kind === 'machine') keepMemory(playground, plan.memoryMb);
    const outcome = await runReboot(machine, plan, (step) =>
      setStage({ kind: 'working', plan, step }),
    );
    setStage({ kind: 'over', plan, outcome });
  };
  const showsBoot =
    stage.kind !== 'asked' && stage.plan.kind === 'machine' && stage.plan.from === 'power-on';
  return (
    <DialogFrame
      title="Reboot"
      description="The machine of this tab begins again."
      // A reboot that is under way is not left half-way: its dump is nowhere but here.
      onClose={() => !isWorking && onClose()}
    >
      {stage.kind === 'asked' && (
        <RebootForm
          memoryMb={memoryMb}
          isRunning={state.stage === 'ready'}
          onPlan={(plan) => void reboot(plan)}
        />
      )}
      {stage.kind === 'working' && <RebootProgress step={stage.step} />}
      {stage.kind === 'over' && <RebootResult outcome={stage.outcome} name={props.title} />}
      {showsBoot && (
        <div className="mt-4">
          <BootLog machine={machine} />
        </div>
      )}
    </DialogFrame>
  );
}

const OFF = { stage: 'off' } as const;

/** Asks before the tab closes. */
function useStayWhile(isWorking: boolean): void {
  useEffect(() => {
    if (!isWorking) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isWorking]);
}
