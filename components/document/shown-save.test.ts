import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cell } from '../state/cell';
import { ShownSaveState } from './shown-save';
import type { SaveState } from './types';

describe('the word that is shown', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const watch = (first: SaveState) => {
    const save = new Cell<SaveState>(first);
    const shown = new ShownSaveState(save);
    const words: string[] = [];
    shown.subscribe(() => words.push(shown.get()));
    return { save, shown, words };
  };

  it('turns to Saving… in the event of the edit, and back only in calm', () => {
    const { save, shown, words } = watch({ kind: 'saved' });
    expect(shown.get()).toBe('Saved');
    for (let key = 0; key < 20; key++) {
      save.set({ kind: 'saving' });
      expect(shown.get()).toBe('Saving…');
      vi.advanceTimersByTime(20);
      save.set({ kind: 'saved' });
      vi.advanceTimersByTime(100);
    }
    expect(words).toEqual(['Saving…']);
    vi.advanceTimersByTime(400);
    expect(words).toEqual(['Saving…', 'Saved']);
  });

  it('never shows Saved for what was saved only for a moment', () => {
    const { save, shown } = watch({ kind: 'saving' });
    save.set({ kind: 'saved' });
    vi.advanceTimersByTime(399);
    save.set({ kind: 'saving' });
    vi.advanceTimersByTime(10_000);
    expect(shown.get()).toBe('Saving…');
  });

  it('says Offline at once, also when the server refuses', () => {
    const { save, shown } = watch({ kind: 'saved' });
    save.set({ kind: 'offline', unsaved: false });
    expect(shown.get()).toBe('Offline');
    save.set({ kind: 'refused', message: 'Revoked.' });
    expect(shown.get()).toBe('Offline');
  });
});
