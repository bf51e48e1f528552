import { parseArgs } from 'node:util';
import { PARTS, type PartName } from './report/metrics';
import { FAMILIES, type Family } from './report/subjects';

export interface Options {
  readonly parts: readonly PartName[];
  readonly families: ReadonlySet<Family>;
  readonly quick: boolean;
}

/** A flag nobody knows, or a value it does not take. */
export class OptionsError extends Error {
  override name = 'OptionsError';
}

/** Reads `--only start,relay`, `--subjects warren,pgmock` and `--quick`. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      subjects: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const allParts = Object.keys(PARTS) as PartName[];
  const chosen = choose('--only', values.only, allParts);
  return {
    parts: allParts.filter((part) => chosen.includes(part)),
    families: new Set(choose('--subjects', values.subjects, FAMILIES)),
    quick: values.quick,
  };
}

function choose<Name extends string>(
  flag: string,
  value: string | undefined,
  known: readonly Name[],
): readonly Name[] {
  if (value === undefined) return known;
  return value.split(',').map((name) => {
    const found = known.find((one) => one === name);
    if (found === undefined) {
      throw new OptionsError(`${flag} ${name}: there are ${known.join(', ')}`);
    }
    return found;
  });
}
