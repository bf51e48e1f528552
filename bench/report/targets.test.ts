import { describe, expect, it } from 'vitest';
import type { Cell } from './summary';
import { judge, TARGETS, type Target } from './targets';

const cell = (metric: Cell['metric'], subject: Cell['subject'], median: number): Cell => ({
  metric,
  subject,
  median,
  values: [median],
  failures: [],
});

const target = (metric: Cell['metric'], subject: Cell['subject']): Target => {
  const found = TARGETS.find((one) => one.metric === metric && one.subject === subject);
  if (!found) throw new Error(`no target for ${metric} of ${subject}`);
  return found;
};

describe('judge', () => {
  it('holds a figure against a number, which itself is still met', () => {
    const warm = target('start.warm', 'warren-page');
    expect(judge(warm, [cell('start.warm', 'warren-page', 800)]).verdict).toBe('met');
    expect(judge(warm, [cell('start.warm', 'warren-page', 800.1)]).verdict).toBe('missed');
  });

  it('holds a figure against what a peer had in the same run', () => {
    const selects = target('pointSelect', 'warren-port');
    const peer = cell('pointSelect', 'pgmock', 17);
    const met = judge(selects, [cell('pointSelect', 'warren-port', 171), peer]);
    expect(met).toMatchObject({ limit: 170, measured: 171, verdict: 'met' });
    expect(judge(selects, [cell('pointSelect', 'warren-port', 169), peer]).verdict).toBe('missed');
  });

  it('allows what a hop may add', () => {
    const cells = [
      cell('select1.p50', 'warren-page', 1.8),
      cell('select1.p50', 'warren-peer', 2.7),
    ];
    const judgement = judge(target('select1.p50', 'warren-peer'), cells);
    expect(judgement.verdict).toBe('met');
    expect(judgement.limit).toBeCloseTo(2.8);
  });

  it('says so when a side was not measured', () => {
    const selects = target('pointSelect', 'warren-port');
    expect(judge(selects, []).verdict).toBe('not measured');
    expect(judge(selects, [cell('pointSelect', 'warren-port', 170)]).verdict).toBe('not measured');
  });
});
