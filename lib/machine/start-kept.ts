import { StoreError } from '../snapshot/store/types';
import { asMachineError, MachineError } from './errors';
import type { Keeper } from './keep/keeper';
import type { Machine } from './machine';
import type { Continued, MemoryMb, StartFrom } from './types';

/** Starts a machine from where the page wants it, and says what it continues; undefined for one from the image. */
export async function startFrom(
  machine: Machine,
  keeper: Keeper,
  memoryMb: MemoryMb,
  from: StartFrom,
): Promise<Continued | undefined> {
  // Looking what is kept takes a moment; what fails here fails again where it is told.
  if (from === 'start' || from === 'kept') machine.loadAhead(memoryMb).catch(() => {});
  const wants = from === 'start' ? await keeper.resetToStart() : from === 'kept';
  const began = wants ? await continueKept(machine, keeper, from) : undefined;
  if (!began) {
    const boots = from === 'power-on';
    await machine.start({
      memoryMb,
      from: boots ? from : 'base',
      extraCmdline: boots ? SAY_MORE : undefined,
    });
    keeper.begin(undefined);
  }
  return began;
}

/** Who asks for a full boot wants to see it; the image's own command line is quiet. */
const SAY_MORE = 'loglevel=7';

/** Tries the generations from the newest on. @returns undefined when nothing is kept, or nothing can be */
async function continueKept(
  machine: Machine,
  keeper: Keeper,
  from: StartFrom,
): Promise<Continued | undefined> {
  for (;;) {
    const generation = await keeper.read('latest').catch((thrown: unknown) => {
      const error = asMachineError(thrown);
      // A page that may keep nothing begins from the image each time, and says so.
      if (error.code === 'storage-refused') return undefined;
      throw error;
    });
    if (!generation) return undefined;
    const memoryMb = generation.facts.base.memoryMb as MemoryMb;
    try {
      await machine.start({ memoryMb, from: { generation } });
    } catch (thrown) {
      if (!isDamaged(thrown) || !(await keeper.fallBack())) throw thrown;
      continue;
    }
    keeper.begin(generation);
    const { savedAt } = generation.facts;
    // One that nobody has worked with since it came from a snapshot begins from its start, too.
    const start = from === 'start' ? generation : await keeper.read('start');
    return { savedAt, from: start?.facts.savedAt === savedAt ? 'start' : 'kept' };
  }
}

function isDamaged(thrown: unknown): boolean {
  if (thrown instanceof StoreError) return thrown.code === 'damaged';
  return thrown instanceof MachineError && thrown.code === 'kept-damaged';
}
