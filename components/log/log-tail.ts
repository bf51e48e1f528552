import type { OpenStream } from '@/lib/machine/files';
import { runProgram } from '@/lib/machine/program';

const FILE = '/var/log/postgresql/postgresql.log';
/** What is read of the log that was there before somebody looked. */
const FIRST_BYTES = 64 * 1024;
/** After a failure: the machine may be coming up again. */
const RETRY_MS = 2_000;

export interface TailListener {
  chunk(bytes: Uint8Array): void;
  /** Another file begins: PostgreSQL was restarted. */
  begin(): void;
  /** It cannot be read just now; tried again by itself. */
  trouble(message: string | undefined): void;
}

/** Where in the log one has got to. */
interface Place {
  readonly inode: string;
  readonly offset: number;
}

/**
 * Follows PostgreSQL's log in the guest while it runs. Stopped and started again it goes on where it was, so that a hidden
 * panel costs the guest nothing and misses nothing.
 */
export class LogTail {
  private place: Place | undefined;
  private running: AbortController | undefined;

  constructor(
    private readonly open: OpenStream,
    private readonly listener: TailListener,
  ) {}

  start(): void {
    if (this.running) return;
    const running = new AbortController();
    this.running = running;
    void this.follow(running.signal);
  }

  stop(): void {
    this.running?.abort();
    this.running = undefined;
  }

  private async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.read(signal);
      } catch (thrown) {
        if (signal.aborted) return;
        this.listener.trouble(thrown instanceof Error ? thrown.message : String(thrown));
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  /** Until the program ends, which it does with its machine. */
  private async read(signal: AbortSignal): Promise<void> {
    const found = await this.find(signal);
    const isSame = this.place?.inode === found.inode && this.place.offset <= found.size;
    if (this.place && !isSame) this.listener.begin();
    const from = this.place ? (isSame ? this.place.offset : 0) : found.size - FIRST_BYTES;
    let { inode } = found;
    let offset = Math.max(0, from);
    // The first line of what is cut out of the middle is not whole.
    let skips = !this.place && offset > 0;
    this.listener.trouble(undefined);
    this.place = { inode, offset };
    await runProgram(
      this.open,
      {
        argv: ['busybox', 'tail', '-c', `+${offset + 1}`, '-F', FILE],
        user: 'root',
        signal,
        // All it says is that the file was replaced by another, which it then reads from its beginning.
        onSaid: () => {
          inode = '';
          offset = 0;
          this.place = { inode, offset };
          this.listener.begin();
        },
      },
      undefined,
      (chunk) => {
        if (signal.aborted) return;
        offset += chunk.length;
        this.place = { inode, offset };
        if (!skips) return this.listener.chunk(chunk);
        const end = chunk.indexOf(NEWLINE);
        if (end < 0) return;
        skips = false;
        this.listener.chunk(chunk.subarray(end + 1));
      },
    );
  }

  private async find(signal: AbortSignal): Promise<{ inode: string; size: number }> {
    let said = '';
    const decoder = new TextDecoder();
    const { exitCode } = await runProgram(
      this.open,
      { argv: ['busybox', 'stat', '-c', '%i %s', FILE], user: 'root', signal },
      undefined,
      (chunk) => {
        said += decoder.decode(chunk, { stream: true });
      },
    );
    const [, inode, size] = /^(\d+) (\d+)\s*$/.exec(said) ?? [];
    if (exitCode !== 0 || inode === undefined) throw new Error('PostgreSQL has no log just now.');
    // A file that took the place of the one that was followed, unseen by us but told by tail.
    if (this.place?.inode === '') this.place = { inode, offset: this.place.offset };
    return { inode, size: Number(size) };
  }
}

const NEWLINE = 0x0a;
