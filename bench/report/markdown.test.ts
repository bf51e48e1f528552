import { describe, expect, it } from 'vitest';
import { formatNumber, renderMarkdown } from './markdown';
import { makeReport, type Run } from './report';

const run: Run = {
  startedAt: '2026-11-20T12:00:00.000Z',
  quick: true,
  commit: 'abc1234',
  computer: {
    cpu: 'A processor',
    cores: 2,
    memoryMb: 8_100,
    system: 'Debian',
    node: 'v20.20.2',
    chromium: 'Chromium 156',
  },
  parts: [
    { part: 'start', before: { loadAverage: 0.2, busyCores: 0.05, isQuiet: true }, seconds: 61 },
    {
      part: 'queries',
      before: { loadAverage: 3, busyCores: 1.4, isQuiet: false },
      seconds: 12,
      error: 'the browser | went away',
    },
  ],
  notes: ['One peer is asked for less.'],
  samples: [
    { metric: 'start.cold', subject: 'warren-page', round: 1, value: 612.4 },
    { metric: 'start.cold', subject: 'pglite-prepopulated', round: 1, value: 1350 },
    { metric: 'value16.in', subject: 'pgmock', round: 1, failure: 'not done in 20 s' },
  ],
};

describe('renderMarkdown', () => {
  const page = renderMarkdown(makeReport(run));

  it('has a row for each figure with a column for each subject', () => {
    expect(page).toContain('| cold: empty cache | ms | 612 | 1,350 |');
  });

  it('gives the ratio and the target with its verdict', () => {
    expect(page).toContain('| cold: empty cache | 2.20 × |');
    expect(page).toContain(
      '| Cold start no later than PGlite prepopulated | at most 1,350 ms | 612 ms | met |',
    );
    expect(page).toContain('| Warm start in 0.8 s | at most 800 ms |  | **not measured** |');
  });

  it('says what failed, what broke off, and when the computer was busy', () => {
    expect(page).toContain('- pgmock, node-postgres, 16 MB parameter in: not done in 20 s');
    expect(page).toContain('**Broken off: the browser | went away**');
    expect(page.match(/The computer was busy/g)).toHaveLength(1);
    expect(page).toContain('One peer is asked for less.');
  });

  it('leaves out the targets of parts that did not run', () => {
    expect(page).not.toContain('Relay');
  });
});

describe('formatNumber', () => {
  it('keeps three digits and never an exponent', () => {
    expect([0, 0.0123, 0.5, 1.854, 17.04, 146.7, 1349.6].map(formatNumber)).toEqual([
      '0',
      '0.0123',
      '0.500',
      '1.85',
      '17.0',
      '147',
      '1,350',
    ]);
  });
});
