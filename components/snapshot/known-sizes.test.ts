import { expect, test } from 'vitest';
import type { KeepState, MachineState } from '@/lib/machine/types';
import { Cell } from '../state/cell';
import { knownSize, type MeasuredMachine, measureOnce } from './known-sizes';

const saved = (savedAt: number, unsavedSince?: number): KeepState => ({
  ...{ kind: 'saved', savedAt, unsavedSince, writtenBytes: 0, storedBytes: 0 },
});

function machineIn(state: KeepState): MeasuredMachine & { readonly kept: Cell<KeepState> } {
  return {
    kept: new Cell(state),
    state: new Cell<MachineState>({ stage: 'off' }),
    open: () => {
      throw new Error('nothing is opened here');
    },
  };
}

test('a size holds until somebody works with the machine', async () => {
  const machine = machineIn(saved(1));
  expect(knownSize(machine, 'machine')).toBeUndefined();
  expect(await measureOnce(machine, 'machine', async () => 700)).toBe(700);
  expect(knownSize(machine, 'machine')).toBe(700);
  expect(knownSize(machine, 'data')).toBeUndefined();
  machine.kept.set(saved(1, 5));
  expect(knownSize(machine, 'machine')).toBeUndefined();
  machine.kept.set(saved(6));
  expect(knownSize(machine, 'machine')).toBeUndefined();
});

test('what was measured while somebody worked is not remembered', async () => {
  const machine = machineIn(saved(1, 2));
  await measureOnce(machine, 'machine', async () => 700);
  machine.kept.set(saved(3));
  await measureOnce(machine, 'machine', async () => {
    machine.kept.set(saved(3, 4));
    machine.kept.set(saved(5));
    return 800;
  });
  expect(knownSize(machine, 'machine')).toBeUndefined();
  await measureOnce(machine, 'machine', async () => 900);
  await measureOnce(machine, 'data', async () => 90);
  expect(knownSize(machine, 'machine')).toBe(900);
  expect(knownSize(machine, 'data')).toBe(90);
});
