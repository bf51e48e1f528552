import { keepEditorsMayOpen } from './editors-allowed';
import { OwnTerminals } from './own-terminals';

/** Drops what this browser remembers of the terminals of a playground that it forgets. */
export function forgetTerminals(playground: string): void {
  keepEditorsMayOpen(playground, false);
  new OwnTerminals(playground).forget();
}
