import { describe, expect, test, vi } from 'vitest';
import type { NotebookDocument, SaveState } from '../document/types';
import { Cell } from '../state/cell';
import { whenSaved } from './when-saved';

const withState = (state: SaveState) => {
  const save = new Cell(state);
  return { save, document: { save } as unknown as NotebookDocument };
};

describe('what the server has', () => {
  test('is there at once when all is saved', async () => {
    expect(await whenSaved(withState({ kind: 'saved' }).document)).toBe(true);
  });

  test('is waited for while it is under way', async () => {
    const { save, document } = withState({ kind: 'saving' });
    const saved = whenSaved(document);
    save.set({ kind: 'offline', unsaved: true });
    save.set({ kind: 'saved' });
    expect(await saved).toBe(true);
  });

  test('does not come when the server refuses, or in time', async () => {
    const refused = withState({ kind: 'refused', message: 'The link was revoked.' });
    expect(await whenSaved(refused.document)).toBe(false);
    vi.useFakeTimers();
    const late = whenSaved(withState({ kind: 'offline', unsaved: true }).document, 1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    vi.useRealTimers();
    expect(await late).toBe(false);
  });
});
