import { serveCalls } from '../support/child';
import { now } from './clock';
import { inGroups } from './in-groups';
import { watchOwnLoad } from './own-load';
import { counts, type Run, type Scene, type Seen } from './scene';
import { Writer } from './writer';

/** The people of a run who have y-websocket's provider, typists and watchers, in a process of their own. */
let typists: Writer[] = [];
let watchers: Writer[] = [];
let run: Run | undefined;
let latencies: number[] = [];
let awarenessMessages = 0;
let closed: string[] = [];

// Each provider listens for the end of the process.
process.setMaxListeners(0);

const join = (url: string, rooms: readonly Scene['rooms'][number][], name: string) =>
  inGroups(rooms, (room, index) =>
    Writer.join(url, room, `${name} ${index + 1}`, {
      update(typedAt, heardAt) {
        if (run && counts(run, typedAt)) latencies.push(heardAt - run.zeroAt - typedAt);
      },
      awareness: () => {
        if (run && counts(run, now() - run.zeroAt)) awarenessMessages++;
      },
      closed: (why) => closed.push(why),
    }),
  );

const methods = {
  /** Resolves when all have the document. */
  async join({ url, rooms }: Scene): Promise<void> {
    const times = (count: number, room: Scene['rooms'][number]) =>
      Array.from({ length: count }, () => room);
    typists = await join(
      url,
      rooms.flatMap((room) => times(room.typists, room)),
      'Typist',
    );
    watchers = await join(
      url,
      rooms.flatMap((room) => times(room.watchers, room)),
      'Watcher',
    );
  },

  /** Types, waits until what is on the way has come, and leaves. */
  async type({ drainMs, ...next }: Run & { drainMs: number }): Promise<Seen> {
    run = next;
    const load = watchOwnLoad(next);
    let expected = 0;
    await Promise.all(
      typists.map((typist) =>
        typist.type(next, (at) => {
          if (counts(next, Math.round(at * 10) / 10)) expected += typist.others;
        }),
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, drainMs));
    const seen = { latencies, expected, awarenessMessages, closed, ...load.read() };
    run = undefined;
    latencies = [];
    closed = [];
    awarenessMessages = 0;
    return seen;
  },

  leave(): void {
    for (const writer of [...typists, ...watchers]) writer.leave();
    typists = [];
    watchers = [];
  },
};

export type WritersMethods = typeof methods;

serveCalls(methods);
