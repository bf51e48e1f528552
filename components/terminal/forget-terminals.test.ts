import { afterEach, expect, test, vi } from 'vitest';
import { keepEditorsMayOpen } from './editors-allowed';
import { forgetTerminals } from './forget-terminals';
import { OwnTerminals } from './own-terminals';

afterEach(() => vi.unstubAllGlobals());

test('nothing of a playground’s terminals stays, and all of the others’', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
    removeItem: (key: string) => kept.delete(key),
  });
  for (const playground of ['deleted', 'other']) {
    new OwnTerminals(playground).add('tp1');
    keepEditorsMayOpen(playground, true);
  }
  forgetTerminals('deleted');
  expect([...kept.keys()].sort()).toEqual([
    'warren.terminals.editors.other',
    'warren.terminals.other',
  ]);
});
