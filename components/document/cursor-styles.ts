import type { Readable } from '../state/cell';
import { cursorCss } from './cursor-css';
import type { Person } from './types';

/**
 * Keeps a style sheet with each person's colour and name, for the cursors that y-monaco draws.
 * @returns takes it away
 */
export function keepCursorStyles(people: Readable<readonly Person[]>): () => void {
  const sheet = new CSSStyleSheet();
  let present = '';
  const write = () => {
    const css = cursorCss(people.get());
    // People move from cell to cell more often than they come, go and rename themselves.
    if (css === present) return;
    present = css;
    sheet.replaceSync(css);
  };
  write();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const stop = people.subscribe(write);
  return () => {
    stop();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
