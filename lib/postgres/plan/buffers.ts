import type { JsonObject } from './json-object';
import type { PlanDetail } from './plan';

const KINDS = ['Shared', 'Local', 'Temp'] as const;
const DEEDS = ['Hit', 'Read', 'Dirtied', 'Written'] as const;

/** True for the many counters by which JSON tells what the text format says in a line of `Buffers`. */
export function isBufferKey(name: string): boolean {
  return /^(Shared|Local|Temp) (Hit|Read|Dirtied|Written) Blocks$/.test(name);
}

/** JSON's counters in the words of the text format: `shared hit=4 read=1, temp written=2`. Nothing when all are 0. */
export function bufferDetails(node: JsonObject): PlanDetail[] {
  const groups: string[] = [];
  for (const kind of KINDS) {
    const counts = DEEDS.flatMap((deed) => {
      const blocks = node[`${kind} ${deed} Blocks`];
      return typeof blocks === 'number' && blocks > 0 ? [`${deed.toLowerCase()}=${blocks}`] : [];
    });
    if (counts.length > 0) groups.push(`${kind.toLowerCase()} ${counts.join(' ')}`);
  }
  return groups.length === 0 ? [] : [{ name: 'Buffers', text: groups.join(', ') }];
}
