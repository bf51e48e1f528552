import { describe, expect, it } from 'vitest';
import { endEverything, orCleanup, withCleanup } from './cleanup';

const end = (log: string[], name: string) => async () => {
  log.push(name);
};

describe('cleanup', () => {
  it('ends the last first, whatever the work came to', async () => {
    const log: string[] = [];
    const work = withCleanup(async (cleanup) => {
      cleanup.add(end(log, 'server'));
      cleanup.add(end(log, 'browser'));
      throw new Error('no figure');
    });
    await expect(work).rejects.toThrow('no figure');
    expect(log).toEqual(['browser', 'server']);
  });

  it('ends the others too when one does not end, and says so', async () => {
    const log: string[] = [];
    const work = withCleanup(async (cleanup) => {
      cleanup.add(end(log, 'server'));
      cleanup.add(() => Promise.reject(new Error('hangs')));
    });
    await expect(work).rejects.toThrow('something did not end');
    expect(log).toEqual(['server']);
  });

  // Last: from here on nothing can be started any more.
  it('leaves what was opened to the caller, until a signal ends everything, late ones too', async () => {
    const log: string[] = [];
    await orCleanup(async (cleanup) => cleanup.add(end(log, 'first')));
    await orCleanup(async (cleanup) => {
      cleanup.add(() => Promise.reject(new Error('hangs')));
      cleanup.add(end(log, 'second'));
    });
    expect(log).toEqual([]);
    await endEverything();
    expect(log).toEqual(['second', 'first']);
    const late = withCleanup(async (cleanup) => cleanup.add(end(log, 'late')));
    await expect(late).rejects.toThrow('the bench is ending');
    expect(log).toEqual(['second', 'first', 'late']);
  });
});
