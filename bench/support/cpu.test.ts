import { expect, it } from 'vitest';
import { cpuMs, readCpuMs } from './cpu';

it('reads the processor time of a program with a strange name', () => {
  const stat = '17 (a b) c) S 1 17 17 0 -1 4194304 900 0 0 0 250 50 7 8 20 0 11 0 1234';
  expect(readCpuMs(stat)).toBe(3_000);
  expect(() => readCpuMs('17 (node)')).toThrow('no processor time');
});

it('agrees with what this process says of itself', async () => {
  const { user, system } = process.cpuUsage();
  const own = (user + system) / 1000;
  expect(Math.abs((await cpuMs(process.pid)) - own)).toBeLessThan(500);
});
