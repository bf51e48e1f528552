import { Cell, type Readable } from '../state/cell';
import type { SaveState } from './types';

/** All has been saved for this long before it is shown, so that it does not flicker with each key. */
const CALM_MS = 400;

export type ShownSave = 'Saved' | 'Saving…' | 'Offline';

/** The three words that people see. `Saved` comes late, everything else at once. */
export class ShownSaveState implements Readable<ShownSave> {
  readonly #save: Readable<SaveState>;
  readonly #shown: Cell<ShownSave>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(save: Readable<SaveState>) {
    this.#save = save;
    this.#shown = new Cell<ShownSave>(wordFor(save.get()));
  }

  readonly get = (): ShownSave => this.#shown.get();

  readonly subscribe = (listener: () => void): (() => void) => {
    const stopShown = this.#shown.subscribe(listener);
    const stopSave = this.#save.subscribe(this.#look);
    this.#look();
    return () => {
      stopShown();
      stopSave();
      clearTimeout(this.#timer);
    };
  };

  readonly #look = (): void => {
    clearTimeout(this.#timer);
    const word = wordFor(this.#save.get());
    if (word !== 'Saved') this.#shown.set(word);
    else if (this.#shown.get() !== 'Saved') {
      this.#timer = setTimeout(() => this.#shown.set('Saved'), CALM_MS);
    }
  };
}

function wordFor({ kind }: SaveState): ShownSave {
  switch (kind) {
    case 'saved':
      return 'Saved';
    case 'offline':
    case 'refused':
      return 'Offline';
    case 'opening':
    case 'saving':
      return 'Saving…';
  }
}
