import type { OpenStream } from '@/lib/machine/files';
import { Cell, type Readable } from '../state/cell';
import { type LogLine, LogLines } from './log-lines';
import { LogTail } from './log-tail';

/** New lines are shown together: a flood of them costs no more than this many paints. */
const SHOW_EVERY_MS = 100;

/** PostgreSQL's log of one machine, as far as it is followed. */
export class LogStore {
  readonly lines: Readable<readonly LogLine[]>;
  /** Why it is not followed just now. */
  readonly trouble: Readable<string | undefined>;
  private readonly shown = new Cell<readonly LogLine[]>([]);
  private readonly told = new Cell<string | undefined>(undefined);
  private readonly log = new LogLines();
  private readonly tail: LogTail;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(open: OpenStream) {
    this.lines = this.shown;
    this.trouble = this.told;
    this.tail = new LogTail(open, {
      chunk: (bytes) => {
        if (this.log.add(bytes)) this.showSoon();
      },
      begin: () => this.log.begin(),
      trouble: (message) => this.told.set(message),
    });
  }

  /** Follows the log, or rests; what comes meanwhile is read afterwards. */
  follow(isFollowed: boolean): void {
    if (isFollowed) this.tail.start();
    else this.tail.stop();
  }

  clear(): void {
    this.log.clear();
    this.shown.set(this.log.lines);
  }

  private showSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.shown.set(this.log.lines);
    }, SHOW_EVERY_MS);
  }
}
