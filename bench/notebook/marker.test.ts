import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { findMarkers, markerAt } from './marker';

describe('markers', () => {
  it('are found in the bytes of real updates, with the time they were typed', () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    const text = doc.getText('source');
    for (const at of [0, 12.3, 24_999.9, 160_000]) text.insert(text.length, markerAt(at));
    expect(updates.map(findMarkers)).toEqual([[0], [12.3], [24_999.9], [160_000]]);
  });

  it('are all found when updates were joined', () => {
    const text = new TextEncoder().encode(`select ${markerAt(1)}${markerAt(2)} ~^ZZZZ ~^`);
    expect(findMarkers(text)).toEqual([1, 2]);
  });

  it('are not found where there are none', () => {
    expect(findMarkers(new Uint8Array())).toEqual([]);
    expect(findMarkers(new TextEncoder().encode('select 1; -- ~^'))).toEqual([]);
  });
});
