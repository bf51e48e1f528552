import type { OwnedPlayground } from './codec';

/** What a playground is called on the page: its name, else its id. */
export function playgroundTitle({ id, name }: Pick<OwnedPlayground, 'id' | 'name'>): string {
  return name === '' ? `Playground ${id}` : name;
}

/** Longer names would not be read anyway, and they go into the tab's title. */
export const NAME_LENGTH = 60;
