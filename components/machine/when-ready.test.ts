import { expect, test } from 'vitest';
import type { MachineState } from '@/lib/machine/types';
import { Cell } from '../state/cell';
import { whenReady } from './when-ready';

const READY: MachineState = { stage: 'ready', version: 'PostgreSQL 17', memoryMb: 256, since: 1 };

test('the machine that runs now is not the one that is waited for', async () => {
  const state = new Cell<MachineState>(READY);
  let isReady = false;
  const ready = whenReady(state).then(() => {
    isReady = true;
  });
  state.set({ stage: 'loading', loadedBytes: 0, totalBytes: 0 });
  state.set({ stage: 'checking' });
  await Promise.resolve();
  expect(isReady).toBe(false);
  state.set({ ...READY, since: 2 });
  await ready;
  expect(isReady).toBe(true);
});

test('a start that fails tells why, and so does one that is given up', async () => {
  const state = new Cell<MachineState>({ stage: 'stopped' });
  const failing = whenReady(state);
  state.set({ stage: 'restoring' });
  state.set({ stage: 'failed', code: 'agent-silent', message: 'It is silent.' });
  await expect(failing).rejects.toThrow('It is silent.');
  const stopped = whenReady(state);
  state.set({ stage: 'stopped' });
  await expect(stopped).rejects.toThrow('shut down');
});
