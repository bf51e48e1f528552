import { freshName, personName } from './person-name';

const KEY = 'warren.name';
let unkept: string | undefined;

/** What the person of this browser is called; chosen by chance when asked for the first time. */
export function keptName(): string {
  try {
    const name = localStorage.getItem(KEY);
    if (name !== null) return personName(name);
  } catch {
    // Without storage a name lasts as long as the page.
  }
  unkept ??= freshName();
  return keepName(unkept);
}

/** @returns the name as others will see it */
export function keepName(text: string): string {
  const name = personName(text);
  unkept = name;
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // As above.
  }
  return name;
}
