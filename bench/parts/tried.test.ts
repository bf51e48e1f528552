import { describe, expect, it } from 'vitest';
import { Tried } from './tried';

describe('what has been tried', () => {
  it('is not tried again by the one who failed', () => {
    const tried = new Tried(20_000);
    tried.add('pgmock', 'count', [{ metric: 'count', failure: 'not done in 20 s' }]);
    tried.add('pglite', 'count', [{ metric: 'count', value: 500 }]);
    expect(tried.hasFailed('pgmock', 'count')).toBe(true);
    expect(tried.hasFailed('pglite', 'count')).toBe(false);
    expect(tried.hasFailed('warren-page', 'count')).toBe(false);
  });

  it('tells what the larger step would come to', () => {
    const tried = new Tried(20_000);
    tried.add('pgmock', 'value1.in', [{ metric: 'value1.in', failure: 'not done in 20 s' }]);
    tried.add('pgmock', 'value1.out', [{ metric: 'value1.out', value: 2_600 }]);
    tried.add('warren-port', 'value1.out', [{ metric: 'value1.out', value: 110 }]);
    expect(tried.obstacle('pgmock', 'value16.in')).toBe('1 MB failed already');
    expect(tried.obstacle('pgmock', 'value16.out')).toBe('1 MB took 2.6 s already');
    expect(tried.obstacle('warren-port', 'value16.out')).toBeUndefined();
    expect(tried.obstacle('pgmock', 'sum')).toBeUndefined();
  });
});
