/** UTF-16 units of a name: it fits beside a cursor. */
export const NAME_LENGTH = 40;

/** A name as others may see it: one line, nothing invisible and nothing that turns the writing round. */
export function personName(text: string): string {
  const clean = text
    .slice(0, 10 * NAME_LENGTH)
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return [...clean].slice(0, NAME_LENGTH).join('').trim() || 'Somebody';
}

/** The letters of an avatar: of the first word and the last. */
export function initials(name: string): string {
  const words = name.split(' ').filter((word) => word !== '');
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('');
}

// biome-ignore format: a list of words
const COLOURS = [
  'Amber', 'Azure', 'Coral', 'Crimson', 'Golden', 'Hazel', 'Indigo', 'Ivory',
  'Jade', 'Lilac', 'Maroon', 'Olive', 'Russet', 'Silver', 'Teal', 'Violet',
];
// biome-ignore format: a list of words
const ANIMALS = [
  'Badger', 'Beaver', 'Crane', 'Deer', 'Falcon', 'Fox', 'Hare', 'Heron',
  'Ibex', 'Lynx', 'Marten', 'Mole', 'Otter', 'Owl', 'Rabbit', 'Wren',
];

/** A friendly name for somebody who has not said theirs. @param random from 0 up to, but not, 1 */
export function freshName(random: () => number = Math.random): string {
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)];
  return `${pick(COLOURS)} ${pick(ANIMALS)}`;
}
