'use client';

import type { HostedMachine } from '../playground/hosted-machine';
import { useCell } from '../state/cell';
import { Panel } from '../ui/panel';
import { KeepPanel } from './keep-panel';
import { MachineFacts } from './machine-facts';
import { MachineProgress } from './machine-progress';
import { MachineTrouble } from './machine-trouble';
import { TunnelTrouble } from './tunnel-trouble';
import { useMemory } from './use-memory';

const OFF = { stage: 'off' } as const;

interface MachinePanelProps {
  playground: string;
  machine: HostedMachine;
}

/** The machine that runs in this tab. */
export function MachinePanel({ playground, machine }: MachinePanelProps) {
  const state = useCell(machine.state, OFF);
  const tunnel = useCell(machine.tunnel, OFF);
  const memoryMb = useMemory(playground);
  const health = useCell(machine.health, undefined);
  return (
    <Panel title="This tab’s machine">
      <div className="space-y-3">
        <MachineProgress state={state} />
        <MachineTrouble state={state} onStart={(from) => machine.start(memoryMb, from)} />
        <TunnelTrouble tunnel={tunnel} onClaim={() => machine.claimTunnel()} />
        <MachineFacts state={state} tunnel={tunnel} health={health} />
        <KeepPanel machine={machine} />
        <p className="text-muted text-xs text-pretty">
          The machine is kept in this browser and continues where it was when you open the
          playground again. While this tab is closed, nobody reaches its database.
        </p>
      </div>
    </Panel>
  );
}
