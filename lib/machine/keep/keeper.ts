import { STATE_VERSION } from '../../snapshot/state/limits';
import type { Generation, GenerationName, KeptMachine } from '../../snapshot/store/types';
import { asMachineError, MachineError } from '../errors';
import type { HashedBase, Machine } from '../machine';
import type { KeepState } from '../types';
import { type PageHashes, withTable } from './page-hashes';
import { nextSave } from './schedule';

/** Pages that are copied at once so that the machine may go on; with more of them it stands still while they are written. */
const COPY_BYTES = 64 * 1024 * 1024;
/** How long after its start a machine's base is hashed: the first queries go before. */
const HASH_AFTER_MS = 1_500;

interface KeeperOptions {
  readonly machine: Machine;
  /** The machine's place in this browser's storage. Called once. */
  readonly open: () => Promise<KeptMachine>;
  readonly report: (state: KeepState) => void;
}

/**
 * Keeps a machine in this browser's storage: saves it when it has been quiet, when asked, and at the latest after half a
 * minute of work; tells what a crash would lose.
 */
export class Keeper {
  readonly #machine: Machine;
  readonly #open: () => Promise<KeptMachine>;
  readonly #report: (state: KeepState) => void;
  #kept: Promise<KeptMachine> | undefined;
  /** What the generation kept last looks like; undefined until it is known. */
  #last: PageHashes | undefined;
  #savedAt: number | undefined;
  #sizes = { writtenBytes: 0, storedBytes: 0 };
  #unsavedSince: number | undefined;
  #lastWork = 0;
  #saving: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** True while a machine runs that may be saved. */
  #isOn = false;
  /** True while it is not what it is going to be, and what was saved before is better. */
  #isHeld = false;
  /** When a save was last tried, so that one that fails is not tried again at once. */
  #triedAt = 0;

  constructor({ machine, open, report }: KeeperOptions) {
    this.#machine = machine;
    this.#open = open;
    this.#report = report;
  }

  /** A generation as it is kept; undefined when there is none. */
  async read(name: GenerationName): Promise<Generation | undefined> {
    return (await this.#store()).read(name);
  }

  /** The newest generation has proved damaged. @returns whether there is one before it */
  async fallBack(): Promise<boolean> {
    return (await this.#store()).fallBack();
  }

  /** The starting snapshot becomes what is kept. @returns whether there is one */
  async resetToStart(): Promise<boolean> {
    const kept = await this.#store();
    if (!(await kept.read('start'))) return false;
    await kept.resetToStart();
    return true;
  }

  /** A machine is ready. `continued`: the generation it began from; else what was kept before is over with its first save. */
  begin(continued: Generation | undefined): void {
    this.#isOn = true;
    this.#last = undefined;
    this.#savedAt = continued?.facts.savedAt;
    this.#unsavedSince = undefined;
    if (continued) {
      this.#tellSaved();
      void this.#measure();
    } else this.#report({ kind: 'off', why: 'Nothing has been done yet that would be lost.' });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // What fails here is told when it is needed.
      this.#machine.hashedBase().catch(() => {});
    }, HASH_AFTER_MS);
  }

  async #measure(): Promise<void> {
    const storedBytes = await (await this.#store()).storedBytes();
    this.#sizes = { ...this.#sizes, storedBytes };
    if (this.#isOn && !this.#saving) this.#tellSaved();
  }

  /** The machine stops; what is not saved is lost with it. */
  end(): void {
    this.#isOn = false;
    this.#unsavedSince = undefined;
    clearTimeout(this.#timer);
  }

  /** Nothing is saved by itself while it is held. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#plan();
  }

  /** Somebody works with the machine. */
  work(): void {
    if (!this.#isOn) return;
    this.#lastWork = Date.now();
    if (this.#unsavedSince === undefined) {
      this.#unsavedSince = this.#lastWork;
      if (!this.#saving) this.#tellSaved();
      this.#plan();
    }
  }

  /** Saves what is not saved, when the page may be about to go. */
  async saveUnsaved(): Promise<void> {
    if (this.#unsavedSince !== undefined && this.#isOn && !this.#isHeld)
      await this.saveNow().catch(() => {});
  }

  /** Saves, after a save that is under way. Rejects with a MachineError. */
  async saveNow(): Promise<void> {
    await this.#saving?.catch(() => {});
    this.#saving ??= this.#save().finally(() => {
      this.#saving = undefined;
      this.#plan();
    });
    return this.#saving;
  }

  /** Saves, and makes that the starting snapshot. */
  async markStart(): Promise<void> {
    await this.saveNow();
    await (await this.#store()).markStart();
  }

  #store(): Promise<KeptMachine> {
    this.#kept ??= this.#open();
    this.#kept.catch(() => {
      this.#kept = undefined;
    });
    return this.#kept;
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#unsavedSince === undefined || !this.#isOn || this.#isHeld || this.#saving) return;
    const times = {
      unsavedSince: this.#unsavedSince,
      lastWork: this.#lastWork,
      savedAt: this.#triedAt,
    };
    this.#timer = setTimeout(
      () => {
        if (Date.now() < nextSave({ ...times, lastWork: this.#lastWork })) this.#plan();
        else void this.saveNow().catch(() => {});
      },
      Math.max(0, nextSave(times) - Date.now()),
    );
  }

  async #save(): Promise<void> {
    try {
      if (!this.#isOn)
        throw new MachineError('postgres-down', 'The machine does not run, so it is not saved.');
      const kept = await this.#store();
      this.#report({ kind: 'saving', savedAt: this.#savedAt });
      const base = await this.#machine.hashedBase();
      await this.#mustAnswer();
      await this.#write(kept, base);
      this.#tellSaved();
    } catch (thrown) {
      this.#triedAt = Date.now();
      const { code, message } = asMachineError(thrown);
      this.#report({ kind: 'failed', code, message, savedAt: this.#savedAt });
      throw asMachineError(thrown);
    }
  }

  /** A machine without PostgreSQL would come back without it: what was saved before is worth more. */
  async #mustAnswer(): Promise<void> {
    const { pg } = await this.#machine.health();
    if (pg === 'ready') return;
    throw new MachineError(
      'postgres-down',
      'PostgreSQL in the machine does not answer, so the machine is not saved. What was saved before is still there.',
    );
  }

  async #write(kept: KeptMachine, { ref, hashes }: HashedBase): Promise<void> {
    const { latestTable } = kept;
    this.#last ??= latestTable ? withTable(hashes, latestTable) : hashes;
    const unsavedSince = this.#unsavedSince;
    this.#unsavedSince = undefined;
    const savedAt = Date.now();
    const captured = this.#machine.capture(hashes, this.#last, COPY_BYTES);
    const { devices, table, changed } = captured;
    const facts = { base: ref, savedAt, v86: String(STATE_VERSION) };
    const write = () => kept.write({ facts, devices, table, changed });
    try {
      const writtenBytes = await (captured.isCopied ? write() : this.#machine.still(write));
      this.#last = captured.hashes;
      this.#savedAt = savedAt;
      this.#triedAt = Date.now();
      this.#sizes = { writtenBytes, storedBytes: await kept.storedBytes() };
    } catch (thrown) {
      this.#unsavedSince = unsavedSince ?? savedAt;
      throw thrown;
    }
  }

  #tellSaved(): void {
    if (this.#savedAt === undefined) {
      this.#report({ kind: 'off', why: 'It has not been saved yet.' });
      return;
    }
    const { writtenBytes, storedBytes } = this.#sizes;
    const [savedAt, unsavedSince] = [this.#savedAt, this.#unsavedSince];
    this.#report({ kind: 'saved', savedAt, unsavedSince, writtenBytes, storedBytes });
  }
}
