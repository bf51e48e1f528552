import type { Person } from './types';

/**
 * Of all: y-monaco sets these classes beside those with a person's id. The name stands a little into its line, since an
 * editor clips what is above the first one.
 */
const COMMON = `
.yRemoteSelection { opacity: 0.25; }
.yRemoteSelectionHead { position: absolute; box-sizing: border-box; height: 100%; border-left: 2px solid; }
.yRemoteSelectionHead::after {
  position: absolute; left: -2px; bottom: calc(100% - 6px); z-index: 5; padding: 0 4px;
  border-radius: 3px 3px 3px 0; color: #fff; font: 600 10px/13px system-ui, sans-serif; white-space: nowrap; pointer-events: none;
}`;

/** The style sheet for the others' cursors and selections in editors that y-monaco binds. */
export function cursorCss(people: readonly Person[]): string {
  const rules = people.filter(({ isMe }) => !isMe).map(rulesOf);
  return [COMMON, ...rules].join('\n');
}

/** The colour is one of the palette's, the id a number; the name is whatever somebody typed. */
function rulesOf({ id, name, colour }: Person): string {
  return [
    `.yRemoteSelection-${id} { background-color: ${colour}; }`,
    `.yRemoteSelectionHead-${id} { border-color: ${colour}; }`,
    `.yRemoteSelectionHead-${id}::after { content: ${cssString(name)}; background-color: ${colour}; }`,
  ].join('\n');
}

/** A string of CSS: everything but plain letters, digits and spaces is escaped by its number. */
export function cssString(text: string): string {
  const escaped = [...text].map((character) =>
    /[A-Za-z0-9 ]/.test(character)
      ? character
      : `\\${character.codePointAt(0)?.toString(16).padStart(6, '0')}`,
  );
  return `"${escaped.join('')}"`;
}
