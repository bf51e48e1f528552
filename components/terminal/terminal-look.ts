import type { ITheme } from '@xterm/xterm';
import { Cell, type Readable } from '../state/cell';
import type { Theme } from '../ui/theme';

/** How terminals look, as somebody has chosen it; kept in this browser. */
export interface TerminalLook {
  /** In CSS pixels. */
  readonly fontSize: number;
  /** What is written is also there for screen readers, at the price of speed. */
  readonly screenReader: boolean;
}

export const FONT_SIZES = { least: 9, most: 28, first: 14 } as const;

const KEY = 'warren.terminal.look';
const FIRST: TerminalLook = { fontSize: FONT_SIZES.first, screenReader: false };

const kept = new Cell<TerminalLook>(FIRST);
let isRead = false;

/** The look of all terminals of the page. */
export function terminalLook(): Readable<TerminalLook> {
  if (!isRead) kept.set(decodeLook(stored()));
  isRead = true;
  return kept;
}

export function changeLook(change: Partial<TerminalLook>): void {
  const next = bounded({ ...kept.get(), ...change });
  kept.set(next);
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

/** Reads what `changeLook` wrote; anything else is as on the first day. */
export function decodeLook(text: string | null): TerminalLook {
  try {
    const { fontSize, screenReader } = JSON.parse(text ?? '{}') as Record<string, unknown>;
    return bounded({
      fontSize: typeof fontSize === 'number' ? fontSize : FIRST.fontSize,
      screenReader: screenReader === true,
    });
  } catch {
    return FIRST;
  }
}

function bounded({ fontSize, screenReader }: TerminalLook): TerminalLook {
  const { least, most } = FONT_SIZES;
  return { fontSize: Math.round(Math.min(most, Math.max(least, fontSize))), screenReader };
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** xterm knows no CSS variables: background, foreground and cursor repeat the tokens of app/globals.css. */
export const TERMINAL_THEMES: Readonly<Record<Theme, ITheme>> = {
  light: {
    background: '#fffefd',
    foreground: '#231f20',
    cursor: '#7a3768',
    cursorAccent: '#fffefd',
    selectionBackground: '#ecd3e3',
    selectionInactiveBackground: '#ebe8e4',
    black: '#231f20',
    red: '#ab2219',
    green: '#216b43',
    yellow: '#805200',
    blue: '#2d5a8c',
    magenta: '#7a3768',
    cyan: '#1d6a72',
    white: '#675f60',
    brightBlack: '#675f60',
    brightRed: '#c0392b',
    brightGreen: '#2b7f52',
    brightYellow: '#93610a',
    brightBlue: '#3a6da6',
    brightMagenta: '#93457e',
    brightCyan: '#267c85',
    brightWhite: '#231f20',
  },
  dark: {
    background: '#1d191c',
    foreground: '#ede7eb',
    cursor: '#dc9cc9',
    cursorAccent: '#1d191c',
    selectionBackground: '#553249',
    selectionInactiveBackground: '#393238',
    black: '#393238',
    red: '#ff9189',
    green: '#74cf9b',
    yellow: '#e3b457',
    blue: '#8fb8e8',
    magenta: '#dc9cc9',
    cyan: '#7fcbd3',
    white: '#ede7eb',
    brightBlack: '#a89da5',
    brightRed: '#ffb0aa',
    brightGreen: '#96dfb4',
    brightYellow: '#efcb82',
    brightBlue: '#b1cff2',
    brightMagenta: '#e9b8da',
    brightCyan: '#a3dce2',
    brightWhite: '#ffffff',
  },
};

/** Matches of a search: all of them, and the one that is gone to. xterm wants #RRGGBB here. */
export const MATCH_COLOURS = {
  light: {
    matchBackground: '#f8ebd0',
    activeMatchBackground: '#e3b457',
    matchOverviewRuler: '#805200',
    activeMatchColorOverviewRuler: '#7a3768',
  },
  dark: {
    matchBackground: '#4d3b17',
    activeMatchBackground: '#8a6414',
    matchOverviewRuler: '#e3b457',
    activeMatchColorOverviewRuler: '#dc9cc9',
  },
} as const satisfies Record<Theme, unknown>;
