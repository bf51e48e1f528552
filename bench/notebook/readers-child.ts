import { serveCalls } from '../support/child';
import { now } from './clock';
import { inGroups } from './in-groups';
import { watchOwnLoad } from './own-load';
import { Reader } from './reader';
import { counts, type Run, type Scene, type Seen } from './scene';

/** The people of a run who only read, in a process of their own. */
let readers: Reader[] = [];
let run: Run | undefined;
let load: ReturnType<typeof watchOwnLoad> | undefined;
let latencies: number[] = [];
let awarenessMessages = 0;
let closed: string[] = [];

const methods = {
  /** Resolves when all have the document. */
  async join({ url, rooms }: Scene): Promise<void> {
    const places = rooms.flatMap((room) => Array.from({ length: room.readers }, () => room));
    readers = await inGroups(places, (room, index) =>
      Reader.join(url, room, `Reader ${index + 1}`, {
        update(typedAt, heardAt) {
          if (run && counts(run, typedAt)) latencies.push(heardAt - run.zeroAt - typedAt);
        },
        awareness: () => {
          if (run && counts(run, now() - run.zeroAt)) awarenessMessages++;
        },
        closed: (why) => closed.push(why),
      }),
    );
  },

  listen(next: Run): void {
    run = next;
    load = watchOwnLoad(next);
  },

  finish(): Seen {
    if (!load) throw new Error('finish comes after listen');
    const seen = { latencies, expected: 0, awarenessMessages, closed, ...load.read() };
    for (const reader of readers) reader.leave();
    readers = [];
    run = undefined;
    load = undefined;
    latencies = [];
    closed = [];
    awarenessMessages = 0;
    return seen;
  },
};

export type ReadersMethods = typeof methods;

serveCalls(methods);
