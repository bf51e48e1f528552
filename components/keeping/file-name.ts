/** Longer names are cut by some systems, and nobody reads them. */
const LENGTH = 60;

/** A title as a file's name without ending: letters, digits and dashes, whatever language it is in. */
export function fileName(title: string): string {
  const words = title
    .normalize('NFC')
    .replace(/[^\p{Letter}\p{Mark}\p{Number}]+/gu, '-')
    .slice(0, LENGTH)
    .replace(/^-+|-+$/g, '');
  return words === '' ? 'notebook' : words;
}
