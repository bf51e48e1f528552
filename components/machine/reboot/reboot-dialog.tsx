'use client';

import { useState } from 'react';
import { BootLog } from '../../log/boot-log';
import { keepMemory } from '../../playgrounds/store';
import { useCell } from '../../state/cell';
import { stayFor } from '../../state/stay';
import { DialogFrame } from '../../ui/dialog-frame';
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
  const reboot = async (plan: RebootPlan) => {
    setStage({ kind: 'working', plan, step: { kind: 'starting' } });
    if (plan.kind === 'machine') keepMemory(playground, plan.memoryMb);
    const outcome = await stayFor(
      runReboot(machine, plan, (step) => setStage({ kind: 'working', plan, step })),
    );
    setStage({ kind: 'over', plan, outcome });
  };
  const showsBoot =
    stage.kind !== 'asked' && stage.plan.kind === 'machine' && stage.plan.from === 'power-on';
  return (
    <DialogFrame
      title="Reboot"
      description="The machine of this tab begins again."
      // What is under way is not left half-way: its dump is nowhere but here.
      isWorking={isWorking}
      onClose={onClose}
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
