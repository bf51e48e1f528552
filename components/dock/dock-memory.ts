/** The dock's panels, in the order of their tabs. */
export const DOCK_TABS = ['terminal', 'files', 'activity', 'log'] as const;
export type DockTab = (typeof DOCK_TABS)[number];

/** How somebody likes the dock; kept in this browser. */
export interface DockMemory {
  /** In CSS pixels. */
  readonly height: number;
  readonly tab: DockTab;
}

export const LOWEST_PX = 140;
const FIRST_HEIGHT_PX = 320;
/** Of the window: the notebook keeps the rest. */
const HIGHEST_SHARE = 0.85;

export const FIRST_MEMORY: DockMemory = { height: FIRST_HEIGHT_PX, tab: 'terminal' };

/** The most the dock may take of a window so high. */
export function highest(windowHeight: number): number {
  return Math.max(LOWEST_PX, Math.round(windowHeight * HIGHEST_SHARE));
}

/** A height within what a window allows. */
export function clampHeight(height: number, windowHeight: number): number {
  return Math.round(Math.min(highest(windowHeight), Math.max(LOWEST_PX, height)));
}

/** Reads what `encodeDock` wrote; anything else is as on the first day. */
export function decodeDock(text: string | null): DockMemory {
  if (text === null) return FIRST_MEMORY;
  try {
    const value: unknown = JSON.parse(text);
    const { height, tab } = value as Record<string, unknown>;
    return {
      height: typeof height === 'number' && height >= LOWEST_PX ? height : FIRST_MEMORY.height,
      tab: DOCK_TABS.find((one) => one === tab) ?? FIRST_MEMORY.tab,
    };
  } catch {
    return FIRST_MEMORY;
  }
}

export function encodeDock({ height, tab }: DockMemory): string {
  return JSON.stringify({ height, tab });
}
