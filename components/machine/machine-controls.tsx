'use client';

import { useId } from 'react';
import { type MachineState, MEMORY_SIZES_MB } from '@/lib/machine/types';
import type { HostedMachine } from '../playground/hosted-machine';
import { Question } from '../ui/question';
import type { MemoryChoice } from './use-memory-size';

interface MachineControlsProps {
  machine: HostedMachine;
  state: MachineState;
  memory: MemoryChoice;
}

export function MachineControls({ machine, state, memory }: MachineControlsProps) {
  const field = useId();
  const on = state.stage !== 'stopped' && state.stage !== 'failed';
  const running = state.stage === 'ready' ? state.memoryMb : undefined;
  return (
    <div className="space-y-2">
      <div className="flex items-center justify-between gap-2">
        <label htmlFor={field} className="text-[13px] text-muted">
          Memory at its start
        </label>
        <select
          id={field}
          value={memory.size}
          onChange={(event) => {
            const chosen = MEMORY_SIZES_MB.find((size) => String(size) === event.target.value);
            if (chosen) memory.choose(chosen);
          }}
          className="h-7 rounded-md border border-line-strong bg-raised px-1.5 text-[13px]"
        >
          {MEMORY_SIZES_MB.map((size) => (
            <option key={size} value={size}>
              {size} MB
            </option>
          ))}
        </select>
      </div>
      {on && (
        <div className="flex flex-wrap gap-2">
          <Question
            label="Restart"
            name="Restart the machine"
            title="Restart the machine?"
            yes="Restart"
            no="Leave it on"
            onYes={() => machine.restart(memory.size)}
          >
            It begins again empty, with {memory.size} MB. What is in the database is lost, and
            everyone connected is cut off.
          </Question>
          <Question
            label="Shut down"
            name="Shut down the machine"
            title="Shut down the machine?"
            yes="Shut it down"
            no="Leave it on"
            onYes={() => machine.stop()}
          >
            What is in the database is lost, and everyone connected is cut off.
          </Question>
        </div>
      )}
      {running !== undefined && running !== memory.size && (
        <p className="text-muted text-xs">
          It runs with {running} MB. The other size counts from the next restart.
        </p>
      )}
    </div>
  );
}
