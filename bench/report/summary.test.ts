import { describe, expect, it } from 'vitest';
import type { Sample } from './sample';
import { compare, summarise } from './summary';

const value = (
  metric: Sample['metric'],
  subject: Sample['subject'],
  value: number,
  round = 1,
): Sample => ({ metric, subject, value, round });

describe('summarise', () => {
  it('takes the median of each subject and keeps all values', () => {
    const cells = summarise([
      value('start.cold', 'pglite', 900, 1),
      value('start.cold', 'pglite', 1000, 2),
      value('start.cold', 'pglite', 3000, 3),
      value('start.cold', 'warren-page', 500),
    ]);
    expect(cells).toEqual([
      { metric: 'start.cold', subject: 'warren-page', median: 500, values: [500], failures: [] },
      {
        metric: 'start.cold',
        subject: 'pglite',
        median: 1000,
        values: [900, 1000, 3000],
        failures: [],
      },
    ]);
  });

  it('keeps each reason of failure once, and no median where nothing came', () => {
    const failure = { metric: 'copyIn', subject: 'pgmock', failure: 'not done in 30 s' } as const;
    const [cell] = summarise([
      { ...failure, round: 1 },
      { ...failure, round: 2 },
    ]);
    expect(cell?.median).toBeUndefined();
    expect(cell?.failures).toEqual(['not done in 30 s']);
  });
});

describe('compare', () => {
  it('says how many times better we are, whichever way better lies', () => {
    const ratios = compare(
      summarise([
        value('start.cold', 'warren-page', 500),
        value('start.cold', 'pglite', 1500),
        value('pointSelect', 'warren-port', 170),
        value('pointSelect', 'pgmock', 17),
      ]),
    );
    expect(ratios).toEqual([
      { metric: 'start.cold', subject: 'warren-page', against: 'pglite', timesBetter: 3 },
      { metric: 'pointSelect', subject: 'warren-port', against: 'pgmock', timesBetter: 10 },
    ]);
  });

  it('leaves out what has no ratio: a figure of 0, or none', () => {
    const ratios = compare(
      summarise([
        value('start.longestTask', 'warren-page', 0),
        value('start.longestTask', 'pglite', 400),
        value('copyIn', 'warren-page', 5),
        { metric: 'copyIn', subject: 'pgmock', failure: 'the connection was lost', round: 1 },
      ]),
    );
    expect(ratios).toEqual([]);
  });
});
