'use client';

import type { HostedMachine } from '../playground/hosted-machine';
import { useCell } from '../state/cell';
import { Panel } from '../ui/panel';
import { MachineControls } from './machine-controls';
import { MachineFacts } from './machine-facts';
import { MachineProgress } from './machine-progress';
import { MachineTrouble } from './machine-trouble';
import { TunnelTrouble } from './tunnel-trouble';
import { useMemorySize } from './use-memory-size';

const OFF = { stage: 'off' } as const;

interface MachinePanelProps {
  playground: string;
  machine: HostedMachine;
}

/** The machine that runs in this tab. */
export function MachinePanel({ playground, machine }: MachinePanelProps) {
  const state = useCell(machine.state, OFF);
  const tunnel = useCell(machine.tunnel, OFF);
  const memory = useMemorySize(playground);
  const health = useCell(machine.health, undefined);
  return (
    <Panel title="This tab’s machine">
      <div className="space-y-3">
        <MachineProgress state={state} />
        <MachineTrouble state={state} onRestart={() => machine.restart(memory.size)} />
        <TunnelTrouble tunnel={tunnel} onClaim={() => machine.claimTunnel()} />
        <MachineFacts state={state} tunnel={tunnel} health={health} />
        <MachineControls machine={machine} state={state} memory={memory} />
        <p className="text-muted text-xs text-pretty">
          The database lives in this tab’s memory. Closing or reloading the tab ends it, for
          everyone connected.
        </p>
      </div>
    </Panel>
  );
}
