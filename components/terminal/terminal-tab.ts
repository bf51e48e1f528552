import {
  TerminalAttachment,
  type TerminalEnd,
  type TerminalSize,
  terminalMetadata,
} from '@/lib/machine/terminal';
import type { OutgoingStream } from '@/lib/mux/link';
import type { Metadata } from '@/lib/mux/metadata';
import { Cell, type Readable } from '../state/cell';
import { endText, RESTORE_MODES } from './end-text';
import { programOf } from './terminal-names';

export type OpenStream = (metadata: Metadata) => OutgoingStream;

/** What shows a terminal and hears what is typed into it. */
export interface Screen {
  readonly size: TerminalSize;
  /** `done` once the bytes are on the screen. */
  write(bytes: Uint8Array | string, done?: () => void): void;
  /** Forgets all that was written, and the modes a program has set. */
  reset(): void;
  onTyped(listener: (bytes: Uint8Array) => void): void;
  onResized(listener: (size: TerminalSize) => void): void;
  dispose(): void;
}

/** How a tab stands to its terminal in the machine. */
export type TabState =
  | { readonly kind: 'attaching' }
  | { readonly kind: 'open' }
  /** The way to it is cut; comes back by itself if the terminal does. */
  | { readonly kind: 'away' }
  /** Another page is attached to it. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly text: string }
  /** The machine was begun anew without it. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'ended'; readonly exitCode: number };

export interface TabEvents {
  /** It is attached. */
  opened(): void;
  /** The way was cut: somebody has to look whether the terminal is still there. */
  lost(): void;
  /** The program has ended, and its end was told. */
  ended(): void;
  /** Enter, after its end. */
  dismissed(): void;
}

/** Where a tab comes from: it is new, or the machine had its terminal already, maybe attached to another page. */
export type Origin = 'new' | 'found' | 'elsewhere';

const ENTER = 13;

/** A terminal of the page: its screen, and its attachment to the machine while it has one. */
export class TerminalTab<S extends Screen = Screen> {
  readonly state: Readable<TabState>;
  /** More was typed than the machine takes; the last piece of it was left out. */
  readonly overflowed = new Cell(false);
  private readonly current: Cell<TabState>;
  private attachment: TerminalAttachment | undefined;
  private wasAttached = false;
  /** The screen shows what the machine is about to repeat (T4). */
  private isStale = false;
  private isClosed = false;

  constructor(
    readonly name: string,
    /** E.g. `psql`. */
    readonly label: string,
    /** Counts the page's terminals, for people. */
    readonly number: number,
    readonly screen: S,
    private readonly events: TabEvents,
    readonly origin: Origin,
  ) {
    this.current = new Cell<TabState>({ kind: origin === 'elsewhere' ? 'taken' : 'away' });
    this.state = this.current;
    this.wasAttached = origin !== 'new';
    screen.onTyped((bytes) => this.typed(bytes));
    screen.onResized((size) => this.attachment?.resize(size));
  }

  get wasOpen(): boolean {
    return this.wasAttached;
  }

  /** Attaches to the terminal, or starts it where there is none of its name (T1). Takes it over from whoever has it. */
  attach(open: OpenStream): void {
    this.attachment?.detach();
    this.isStale = this.wasAttached;
    this.current.set({ kind: 'attaching' });
    const { name, screen } = this;
    const stream = open(
      terminalMetadata({ terminal: name, ...programOf(name), size: screen.size }),
    );
    const attachment = new TerminalAttachment(stream, {
      opened: () => {
        this.opened();
        // One that was there has the size of where it was last.
        attachment.resize(screen.size);
      },
      output: (bytes, done) => {
        this.opened();
        if (this.isClosed) done();
        else screen.write(bytes, done);
      },
      ended: (end) => this.over(end),
    });
    this.attachment = attachment;
  }

  /** The machine has no terminal of this name. */
  vanish(): void {
    this.detach();
    this.current.set({ kind: 'gone' });
  }

  /** Ends its program and lets the screen go. The end is waited for, so that nobody finds it again (T5). */
  close(): void {
    this.isClosed = true;
    this.attachment?.hangUp();
    this.screen.dispose();
  }

  private detach(): void {
    this.attachment?.detach();
    this.attachment = undefined;
  }

  private opened(): void {
    if (this.isStale && !this.isClosed) this.screen.reset();
    this.isStale = false;
    this.wasAttached = true;
    if (this.current.get() === OPEN) return;
    this.current.set(OPEN);
    this.events.opened();
  }

  private over(end: TerminalEnd): void {
    this.attachment = undefined;
    switch (end.kind) {
      case 'exit':
        if (!this.isClosed) this.screen.write(RESTORE_MODES + endText(this.label, end.exitCode));
        this.current.set({ kind: 'ended', exitCode: end.exitCode });
        this.events.ended();
        return;
      case 'taken':
        this.current.set({ kind: 'taken' });
        return;
      case 'refused':
        this.current.set({ kind: 'refused', text: end.reason.text || end.reason.code });
        return;
      case 'lost':
        this.current.set({ kind: 'away' });
        if (!this.isClosed) this.events.lost();
        return;
    }
  }

  private typed(bytes: Uint8Array): void {
    if (this.state.get().kind === 'ended') {
      if (bytes[0] === ENTER) this.events.dismissed();
    } else if (this.attachment) this.overflowed.set(!this.attachment.type(bytes));
  }
}

const OPEN: TabState = { kind: 'open' };
