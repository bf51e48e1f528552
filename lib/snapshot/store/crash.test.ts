import { expect, test } from 'vitest';
import { Random } from '../../mux/random';
import { openKeptMachine } from './kept-machine';
import { CrashingDisk, Killed } from './testing/crashing-disk';
import {
  captureOf,
  contentsOf,
  devicesOf,
  factsOf,
  later,
  type Moment,
  momentOf,
  textOf,
} from './testing/small-machine';
import { type GenerationName, type KeptMachine, StoreError } from './types';

/** More than one machine has pages (1,200 numbers, but 41 × 30 at most) times generations would need; far less than a leak. */
const MOST_STORED_BYTES = 12 * 1024 * 1024;
const LIVES = 12;

/** A generation as this process has it, and what the next process may find instead. */
interface Expected {
  now: Moment | undefined;
  possible: (Moment | undefined)[];
}

/** One machine, what it must be, and the disk below it. */
class Story {
  readonly #seed: number;
  readonly #random: Random;
  readonly #disk: CrashingDisk;
  #clock = 0;
  readonly #latest: Expected = { now: undefined, possible: [undefined] };
  readonly #start: Expected = { now: undefined, possible: [undefined] };
  kills = 0;
  failures = 0;

  constructor(seed: number) {
    this.#seed = seed;
    this.#random = new Random(seed);
    this.#disk = new CrashingDisk(this.#random);
  }

  async tell(): Promise<void> {
    try {
      for (let life = 0; life < LIVES; life += 1) await this.#live();
      await this.#open(Number.POSITIVE_INFINITY);
    } catch (cause) {
      throw new Error(`seed ${this.#seed}`, { cause });
    }
  }

  /** A process that works until it is killed. */
  async #live(): Promise<void> {
    try {
      const machine = await this.#open(this.#random.between(1, 45));
      if (this.#random.chance(0.4)) {
        this.#disk.capacityBytes = this.#disk.storedBytes + this.#random.between(0, 100_000);
      }
      if (this.#random.chance(0.3)) this.#disk.faultRate = 0.1;
      for (;;) await this.#work(machine);
    } catch (thrown) {
      if (!(thrown instanceof Killed)) throw thrown;
      this.kills += 1;
    }
    if (this.#random.chance(0.6)) this.#disk.losePower();
  }

  async #open(steps: number): Promise<KeptMachine> {
    this.#disk.capacityBytes = Number.POSITIVE_INFINITY;
    this.#disk.faultRate = 0;
    const machine = await openKeptMachine(this.#disk.start(steps));
    for (const [name, expected] of this.#both()) {
      const found = await find(machine, name);
      expect(expected.possible.map(textOf)).toContain(textOf(found));
      expected.now = found;
      expected.possible = [found];
    }
    return machine;
  }

  async #work(machine: KeptMachine): Promise<void> {
    const before = { latest: this.#latest.now, start: this.#start.now };
    try {
      await this.#act(machine);
      // Whatever an earlier failure left open is settled by a change that went well.
      for (const [, expected] of this.#both()) {
        expected.now = expected.possible.at(-1);
        expected.possible = [expected.now];
      }
    } catch (thrown) {
      if (!(thrown instanceof StoreError) || thrown.code !== 'storage-full') throw thrown;
      this.failures += 1;
      await this.#checkFailed(machine, before);
      if (this.#random.chance(0.5)) this.#disk.capacityBytes = Number.POSITIVE_INFINITY;
    }
    expect(this.#disk.storedBytes).toBeLessThan(MOST_STORED_BYTES);
  }

  /** What failed has changed nothing for this process, but that what was to be forgotten may be. */
  async #checkFailed(
    machine: KeptMachine,
    before: Record<GenerationName, Moment | undefined>,
  ): Promise<void> {
    for (const [name, expected] of this.#both()) {
      const found = await find(machine, name);
      const isForgotten = found === undefined && expected.possible.includes(undefined);
      if (!isForgotten) expect(textOf(found)).toBe(textOf(before[name]));
      expected.now = found;
      // Last, since that is what it will be if the other one is settled next.
      expected.possible.push(found);
    }
  }

  async #act(machine: KeptMachine): Promise<void> {
    const latest = this.#latest.now;
    const start = this.#start.now;
    const chance = this.#random.next();
    if (chance < 0.1 && latest) {
      this.#start.possible.push(latest);
      await machine.markStart();
    } else if (chance < 0.2 && start) {
      this.#latest.possible.push(start);
      await machine.resetToStart();
    } else if (chance < 0.25) {
      this.#latest.possible.push(undefined);
      await machine.forgetLatest();
    } else {
      this.#clock += 1;
      const next = later(latest, this.#clock, this.#random);
      this.#latest.possible.push(next);
      await (chance < 0.4 ? receive(machine, next) : write(machine, next));
    }
  }

  #both(): readonly (readonly [GenerationName, Expected])[] {
    return [
      ['latest', this.#latest],
      ['start', this.#start],
    ];
  }
}

async function find(machine: KeptMachine, name: GenerationName): Promise<Moment | undefined> {
  const generation = await machine.read(name);
  return generation && momentOf(generation);
}

function write(machine: KeptMachine, moment: Moment): Promise<number> {
  return machine.write(captureOf(moment, machine.latestTable));
}

async function receive(machine: KeptMachine, moment: Moment): Promise<void> {
  const incoming = await machine.receive();
  try {
    const pages = Uint32Array.from(moment.versions.keys()).sort();
    await incoming.add(pages, (index) => {
      const version = moment.versions.get(pages[index]!)!;
      return version === 0 ? undefined : contentsOf(pages[index]!, version);
    });
    await incoming.finish(factsOf(moment), devicesOf(moment));
  } finally {
    await incoming.abandon();
  }
}

/** Told at once, since each waits for the compressor most of the time. */
const STORIES = 15;

test.each([1, 101, 201, 301, 401, 501, 601, 701])(
  'killed, without power or full at any moment, it is the last generation or the one being written (seeds from %i)',
  async (first) => {
    const stories = Array.from({ length: STORIES }, (_, index) => new Story(first + index));
    await Promise.all(stories.map((story) => story.tell()));
    expect(stories.reduce((sum, { kills }) => sum + kills, 0)).toBe(STORIES * LIVES);
    expect(stories.reduce((sum, { failures }) => sum + failures, 0)).toBeGreaterThan(20);
  },
);
