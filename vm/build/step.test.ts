import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Step, StepRunner } from './step';

let cache: string;
let runs: number;

beforeEach(async () => {
  cache = await mkdtemp(path.join(tmpdir(), 'warren-step-'));
  runs = 0;
  await writeFile(path.join(cache, 'source'), 'one');
});

afterEach(() => rm(cache, { recursive: true }));

const step = (inputs: string[] = [], work?: Step['work']): Step => ({
  name: 'demo',
  title: 'Demonstrating',
  files: [path.join(cache, 'source')],
  inputs,
  work:
    work ??
    (async ({ out }) => {
      runs++;
      await writeFile(path.join(out, 'result'), String(runs));
    }),
});

describe('StepRunner', () => {
  it('runs a step once for the same files and inputs, and again when one changes', async () => {
    const runner = new StepRunner(cache, () => {});
    const first = await runner.run(step(['a']));
    expect(await runner.run(step(['a']))).toEqual(first);
    expect(runs).toBe(1);
    await runner.run(step(['b']));
    expect(runs).toBe(2);
    await writeFile(path.join(cache, 'source'), 'two');
    const third = await runner.run(step(['b']));
    expect(await readFile(path.join(third.path, 'result'), 'utf8')).toBe('3');
  });

  it('keeps nothing of a step that failed, and tries it again', async () => {
    const runner = new StepRunner(cache, () => {});
    const failing = step([], async ({ out }) => {
      await writeFile(path.join(out, 'half'), '');
      throw new Error('no space');
    });
    await expect(runner.run(failing)).rejects.toThrow('no space');
    const { path: output } = await runner.run(step());
    expect(existsSync(path.join(output, 'half'))).toBe(false);
    expect(runs).toBe(1);
  });

  it('keeps the present output and the one before', async () => {
    const runner = new StepRunner(cache, () => {});
    for (const input of ['a', 'b', 'c']) await runner.run(step([input]));
    expect(await readdir(path.join(cache, 'steps/demo'))).toHaveLength(2);
  });
});
