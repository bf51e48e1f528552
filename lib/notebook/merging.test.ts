import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNotebook } from './read';
import { invalid, Replicas, type Step, shown } from './testing/replicas';

/** Runs of each property; a larger number by the environment. A run is 33 operations on average. */
const RUNS = Number(process.env.NOTEBOOK_FUZZ ?? 60);
const LIMIT_MS = 30_000 + RUNS * 400;

const number = fc.nat(60);
const kind = fc.constantFrom('sql' as const, 'text' as const, 'input' as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('type' as const), cell: number, at: number }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('add' as const), at: number, kind }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('move' as const), cell: number, to: number }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('split' as const), cell: number, at: number }),
  },
  fc.record({ do: fc.constant('kind' as const), cell: number, kind }),
  fc.record({ do: fc.constant('settings' as const), cell: number, value: number }),
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('duplicate', 'merge', 'join', 'delete', 'up', 'down', 'result', 'clear'),
      cell: number,
    }),
  },
  { weight: 2, arbitrary: fc.constantFrom({ do: 'undo' }, { do: 'undo' }, { do: 'redo' }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('receive' as const), update: fc.nat(200) }),
  },
);
/** Without bias: fast-check would rather make short ones, in which little happens at once. */
const script = fc.noBias(
  fc.array(fc.tuple(fc.nat(2), step), { minLength: 5, maxLength: 60, size: 'max' }),
);

describe.each([2, 3])('%i pages that diverge', (pages) => {
  it(
    'D4, D5: any exchange of updates gives all the same valid notebook, and loses no text',
    () => {
      fc.assert(
        fc.property(script, (steps) => {
          const replicas = new Replicas(pages);
          for (const [page, one] of steps) replicas.step(page, one);
          replicas.settle();
          const [first, ...others] = replicas.docs.map(shown);
          for (const other of others) expect(other).toEqual(first);
          for (const doc of replicas.docs) expect(invalid(readNotebook(doc))).toBe('');
          expect(replicas.lost()).toEqual([]);
        }),
        { numRuns: RUNS },
      );
    },
    LIMIT_MS,
  );
});
