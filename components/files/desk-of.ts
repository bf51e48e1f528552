import type { HostedMachine } from '../playground/hosted-machine';
import { FileDesk } from './file-desk';

const DESKS = new WeakMap<HostedMachine, FileDesk>();

/** The one desk of a machine: its transfers go on when the panel is closed. */
export function deskOf(machine: HostedMachine): FileDesk {
  const known = DESKS.get(machine);
  if (known) return known;
  const desk = new FileDesk((metadata) => machine.open(metadata));
  DESKS.set(machine, desk);
  return desk;
}
