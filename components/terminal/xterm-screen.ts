import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import type { TerminalSize } from '@/lib/machine/terminal';
import { copyText } from '../ui/copy-text';
import type { Theme } from '../ui/theme';
import { httpLink } from './http-link';
import { terminalKey } from './terminal-keys';
import { MATCH_COLOURS, TERMINAL_THEMES, type TerminalLook } from './terminal-look';
import type { Screen } from './terminal-tab';

/** Lines above the window; about 10 MB when they are full. */
const SCROLLBACK_LINES = 10_000;
/** A window that is being drawn larger changes size with each frame; the program hears where it stays. */
const RESIZE_CALM_MS = 100;
/** WCAG AA: programs choose colours for a background they do not know. */
const CONTRAST_RATIO = 4.5;
const FONTS =
  'ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** Where keys of the page inside a terminal lead. */
export interface ScreenEvents {
  /** The focus is to go out of the terminal. */
  leave(): void;
  search(): void;
}

/** How many matches a search has, and at which of them it stands, from 0; -1 when there are too many to count. */
export interface Matches {
  readonly at: number;
  readonly count: number;
}

/** A terminal as xterm.js shows it. Its element outlives the panel that holds it: what was written stays. */
export class XtermScreen implements Screen {
  private readonly terminal: Terminal;
  private readonly element = document.createElement('div');
  private readonly fit = new FitAddon();
  private readonly finder = new SearchAddon();
  private readonly encoder = new TextEncoder();
  private readonly hovering = {
    hover: (_: MouseEvent, text: string) => {
      this.element.title = httpLink(text) ?? '';
    },
    leave: () => this.element.removeAttribute('title'),
  };
  private theme: Theme = 'light';
  private hint = '';
  private isOpen = false;
  private isDisposed = false;
  private events: ScreenEvents | undefined;

  /** @param name for who cannot see the tab above it, e.g. `Terminal 1: psql` */
  constructor(
    private readonly name: string,
    size: TerminalSize | undefined,
  ) {
    this.element.className = 'h-full w-full';
    this.terminal = new Terminal({
      ...size,
      allowProposedApi: true, // widths of Unicode 11, marks of a search
      cursorBlink: false,
      fontFamily: FONTS,
      // Links of programs (OSC 8) may read otherwise than they lead, so where they lead is shown.
      linkHandler: { activate: openLink, ...this.hovering },
      minimumContrastRatio: CONTRAST_RATIO,
      scrollback: SCROLLBACK_LINES,
    });
    const { terminal } = this;
    terminal.loadAddon(this.fit);
    terminal.loadAddon(this.finder);
    terminal.loadAddon(new Unicode11Addon());
    terminal.unicode.activeVersion = '11';
    terminal.loadAddon(new WebLinksAddon(openLink, this.hovering));
    terminal.attachCustomKeyEventHandler((event) => this.hearKey(event));
  }

  get size(): TerminalSize {
    const { cols, rows } = this.terminal;
    return { cols, rows };
  }

  write(bytes: Uint8Array | string, done?: () => void): void {
    this.terminal.write(bytes, done);
  }

  reset(): void {
    this.terminal.reset();
  }

  onTyped(listener: (bytes: Uint8Array) => void): void {
    this.terminal.onData((text) => listener(this.encoder.encode(text)));
    // Reports of the mouse in an old form: a byte a character.
    this.terminal.onBinary((text) =>
      listener(Uint8Array.from(text, (character) => character.charCodeAt(0))),
    );
  }

  onResized(listener: (size: TerminalSize) => void): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    this.terminal.onResize((size) => {
      clearTimeout(timer);
      timer = setTimeout(() => listener(size), RESIZE_CALM_MS);
    });
  }

  /**
   * Shows the terminal in `parent`, as large as that is, until the returned function is called.
   * @param hint id of the text that says how the focus gets out
   */
  mount(parent: HTMLElement, events: ScreenEvents, hint: string): () => void {
    if (this.isDisposed) return () => {};
    this.events = events;
    this.hint = hint;
    parent.append(this.element);
    const observer = new ResizeObserver(() => this.fill());
    observer.observe(parent);
    this.fill();
    return () => {
      observer.disconnect();
      this.events = undefined;
      this.element.remove();
    };
  }

  setLook({ fontSize, screenReader }: TerminalLook, theme: Theme): void {
    this.theme = theme;
    const { options } = this.terminal;
    options.theme = TERMINAL_THEMES[theme];
    options.fontSize = fontSize;
    options.screenReaderMode = screenReader;
    this.fill();
  }

  focus(): void {
    this.terminal.focus();
  }

  /** Goes to the next place that holds `text`, or to the one before; false when there is none. */
  find(text: string, direction: 'next' | 'previous', isTyping = false): boolean {
    const decorations = MATCH_COLOURS[this.theme];
    return direction === 'next'
      ? this.finder.findNext(text, { decorations, incremental: isTyping })
      : this.finder.findPrevious(text, { decorations });
  }

  onMatches(listener: (matches: Matches) => void): () => void {
    const watched = this.finder.onDidChangeResults(({ resultIndex, resultCount }) =>
      listener({ at: resultIndex, count: resultCount }),
    );
    return () => watched.dispose();
  }

  endFind(): void {
    this.finder.clearDecorations();
  }

  dispose(): void {
    this.isDisposed = true;
    this.terminal.dispose();
    this.element.remove();
  }

  private fill(): void {
    // What is hidden has no size: it keeps the one it had, and letters cannot be measured in it.
    if (this.isDisposed || this.element.clientWidth === 0) return;
    if (!this.isOpen) this.terminal.open(this.element);
    this.isOpen = true;
    this.terminal.textarea?.setAttribute('aria-label', this.name);
    this.terminal.textarea?.setAttribute('aria-describedby', this.hint);
    this.fit.fit();
  }

  /** False takes a key from xterm. */
  private hearKey(event: KeyboardEvent): boolean {
    const key = terminalKey(event);
    if (key === undefined) return true;
    // The browser pastes by itself when nobody else takes the key.
    if (key === 'paste') return false;
    event.preventDefault();
    if (event.type !== 'keydown') return false;
    if (key === 'copy' && this.terminal.hasSelection()) void copyText(this.terminal.getSelection());
    else if (key === 'leave') this.events?.leave();
    else if (key === 'search') this.events?.search();
    return false;
  }
}

function openLink(_: MouseEvent, text: string): void {
  const href = httpLink(text);
  if (href !== undefined) window.open(href, '_blank', 'noopener,noreferrer');
}
