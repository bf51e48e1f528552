/** Of one line of an editor, plain or Monaco, in CSS pixels. */
export const LINE_HEIGHT_PX = 21;
/** Above the first and below the last line. */
export const EDITOR_PADDING_PX = 10;
/** An empty cell is still something to aim at. */
const FEWEST_LINES = 2;
/** A longer text scrolls in its cell, so that an editor never draws thousands of lines. */
const MOST_LINES = 36;

/** How high an editor stands for a number of lines, in CSS pixels: the same for the plain one and for Monaco. */
export function editorHeight(lines: number): number {
  const shown = Math.min(MOST_LINES, Math.max(FEWEST_LINES, lines));
  return shown * LINE_HEIGHT_PX + 2 * EDITOR_PADDING_PX;
}

export function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
