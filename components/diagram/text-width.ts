/** Of one character of the monospaced font at the diagram's size, in pixels. */
const CHARACTER_WIDTH = 7.3;
/** From here on, scripts that are set twice as wide. */
const WIDE_FROM = 0x1100;

/** About how wide a text is set, in pixels; nothing is measured, so that the layout needs no browser. */
export function textWidth(text: string): number {
  let cells = 0;
  for (const character of text) cells += (character.codePointAt(0) ?? 0) >= WIDE_FROM ? 2 : 1;
  return cells * CHARACTER_WIDTH;
}

/** The text, or its beginning and an ellipsis where it is wider than so many characters. */
export function fitText(text: string, characters: number): string {
  if (textWidth(text) <= characters * CHARACTER_WIDTH) return text;
  let fitting = '';
  for (const character of text) {
    if (textWidth(`${fitting}${character}…`) > characters * CHARACTER_WIDTH) break;
    fitting += character;
  }
  return `${fitting}…`;
}
