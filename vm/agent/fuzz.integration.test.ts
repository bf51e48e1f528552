import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startAgent } from './testing/agent';
import { RawHost } from './testing/host';
import { HOSTILE_FILE, hostileSchedule, SESSION_NAMES, TERMINAL_NAMES } from './testing/hostile';
import { RawTerminal } from './testing/terminal';

/** How many frames; a release is tried with 1,000,000. */
const FRAMES = Number(process.env.WARREN_FUZZ_FRAMES ?? 30_000);
/** A failing seed becomes a test of its own. */
const SEED = Number(process.env.WARREN_FUZZ_SEED ?? Date.now() % 1_000_000);
const FRAMES_PER_BURST = 40;

test(
  `K5: hostile frames, seed ${SEED}`,
  async () => {
    // As nobody: what the frames ask for is done by a process that can do no harm.
    const schedule = hostileSchedule(SEED);
    const pgSocket = await moodyServer(schedule);
    const agent = await startAgent({ unprivileged: true, pgSocket, pgData: '/tmp' });
    const host = new RawHost(agent);
    await host.begin();
    const descriptors = await agent.descriptors();

    for (let sent = 0; sent < FRAMES; sent += FRAMES_PER_BURST) {
      // Now and then a burst meets an agent that waits for K4, or streams of the burst before.
      if (schedule.chance(0.9)) await host.begin();
      // Past the mux and past K2: whatever fits into the socket.
      const burst = schedule.burst(FRAMES_PER_BURST);
      if (!agent.data.write(burst)) await once(agent.data, 'drain');
      // Else the next attention would have most of it discarded unread; which is worth a try, too.
      const target = host.acknowledged + burst.length;
      const isTaken = () =>
        host.acknowledged >= target || host.frames.some(({ type }) => type === 'goodbye');
      if (schedule.chance(0.9)) await host.until(isTaken, 'ACK or GOODBYE');
      expect(agent.isRunning, agent.stderr).toBe(true);
    }

    await host.begin();
    await endWhatOutlives(host);
    expect(agent.stderr).toBe('');
    expect(await agent.descriptors()).toBe(descriptors);
  },
  30_000 + FRAMES,
);

/** Terminals and sessions with names stay, as rules T and G say, until somebody ends them. */
async function endWhatOutlives(host: RawHost): Promise<void> {
  const SIGKILL = 9;
  for (const name of TERMINAL_NAMES) {
    const terminal = RawTerminal.open(host, name);
    terminal.signal(SIGKILL);
    await terminal.ended();
  }
  for (const name of SESSION_NAMES) {
    const stream = host.open(['kind', 'pg'], ['session', name]);
    host.send({ type: 'reset', stream, reason: { code: 'ok', text: '' } });
  }
  await host.settled();
  await rm(HOSTILE_FILE, { force: true });
}

type Mood = (socket: Socket) => void;
const MOODS: readonly Mood[] = [
  (socket) => socket.pipe(socket),
  (socket) => socket.pipe(socket),
  (socket) => socket.pause(),
  (socket) => socket.destroy(),
  (socket) => socket.once('data', () => socket.destroy()),
];

/** In PostgreSQL's place: echoes, never reads, hangs up at once, or after the first bytes. */
async function moodyServer({ pick }: { pick<T>(list: readonly T[]): T }): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'warren-agent-fuzz-'));
  await chmod(folder, 0o755);
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    pick(MOODS)(socket);
  });
  const file = path.join(folder, 'socket');
  server.listen({ path: file, readableAll: true, writableAll: true });
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  return file;
}
