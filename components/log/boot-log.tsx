'use client';

import type { HostedMachine } from '../playground/hosted-machine';
import { useCell } from '../state/cell';
import { FollowingText } from './following-text';

/** The kernel's console since the machine's last start. */
export function BootLog({ machine }: { machine: HostedMachine }) {
  const text = useCell(machine.console, '');
  return (
    <FollowingText
      label="Boot log"
      text={
        text === ''
          ? 'Nothing yet. A quick start wakes a machine that has booted before; a full boot is logged here.'
          : text
      }
    />
  );
}
