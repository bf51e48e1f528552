import type { HostedMachine } from '../playground/hosted-machine';
import { Cell, type Readable } from '../state/cell';
import { addSample, type HealthSample } from './health-history';

const logs = new WeakMap<HostedMachine, Readable<readonly HealthSample[]>>();

/** The last minutes of a machine's health, from the first time somebody asked for it. */
export function healthLogOf(machine: HostedMachine): Readable<readonly HealthSample[]> {
  const known = logs.get(machine);
  if (known) return known;
  const log = new Cell<readonly HealthSample[]>([]);
  logs.set(machine, log);
  const take = () => {
    const health = machine.health.get();
    if (health) log.set(addSample(log.get(), health, Date.now()));
  };
  take();
  // As long as the machine's handle lives, which is as long as its tab.
  machine.health.subscribe(take);
  // Another start is another machine.
  machine.state.subscribe(() => {
    if (machine.state.get().stage === 'loading' && log.get().length > 0) log.set([]);
  });
  return log;
}
