/**
 * Colours of people: white text on them, and they on the page of either theme, have the contrast that WCAG asks for
 * (a test computes it).
 */
// biome-ignore format: twelve of them
export const PALETTE = [
  '#b8431f', '#8a6100', '#4f7300', '#0f7a4d', '#00757f', '#1769c2',
  '#5a5fd0', '#8a4fc7', '#b53a9a', '#c2345f', '#7a6a3a', '#5f6f80',
] as const;

/** True for a colour of the palette: it goes into a style sheet, so no other will do. */
export function isColour(text: string): boolean {
  return (PALETTE as readonly string[]).includes(text);
}

/** The colour of somebody who has none. */
export function colourOf(id: number): string {
  return PALETTE[id % PALETTE.length] ?? PALETTE[0];
}

/**
 * The colour this page should have: its present one, unless somebody with a lower id has it too; then the next that is
 * free. Whoever has the lowest id keeps theirs, so a page changes at most until all are apart.
 */
export function chooseColour(
  me: { readonly id: number; readonly colour: string },
  others: readonly { readonly id: number; readonly colour: string }[],
): string {
  if (!others.some(({ id, colour }) => id < me.id && colour === me.colour)) return me.colour;
  const taken = new Set(others.map(({ colour }) => colour));
  const from = me.id % PALETTE.length;
  const candidates = [...PALETTE.slice(from), ...PALETTE.slice(0, from)];
  return candidates.find((colour) => !taken.has(colour)) ?? me.colour;
}
