import { describe, expect, it } from 'vitest';
import {
  afterEvent,
  SAVE_START,
  type SaveEvent,
  type SaveFacts,
  saveStateOf,
} from './save-machine';

const EDITED: SaveEvent = { type: 'edited' };
const HEARD: SaveEvent = { type: 'heard' };
const CUT: SaveEvent = { type: 'cut' };
const CONNECTED: SaveEvent = { type: 'connected', writes: true };
const ANSWER: SaveEvent = { type: 'sent', what: 'answer' };
const UPDATE: SaveEvent = { type: 'sent', what: 'update' };
const stored = (count: number): SaveEvent => ({ type: 'stored', count });
const trouble = (text?: string): SaveEvent => ({ type: 'trouble', text });

/** Orders of events that are tried; more by an environment variable. */
const SEEDS = Number(process.env.SAVE_SEEDS ?? 2000);

const after = (events: readonly SaveEvent[], from: SaveFacts = SAVE_START) =>
  events.reduce(afterEvent, from);
const shown = (...events: readonly SaveEvent[]) => saveStateOf(after(events));

/** Connected, asked, answered, stored. */
const SETTLED = [CONNECTED, ANSWER, HEARD, stored(1)] as const;

describe('N2: the save state', () => {
  it('is opening until something is heard or the first attempt fails', () => {
    expect(shown()).toEqual({ kind: 'opening' });
    expect(shown(EDITED)).toEqual({ kind: 'opening' });
    expect(shown(CUT)).toEqual({ kind: 'offline', unsaved: false });
    expect(shown(EDITED, CUT)).toEqual({ kind: 'offline', unsaved: true });
  });

  it('is saved when the question is answered, all is stored, and nothing waits', () => {
    expect(shown(...SETTLED)).toEqual({ kind: 'saved' });
    expect(shown(CONNECTED, HEARD, ANSWER, stored(1))).toEqual({ kind: 'saved' });
  });

  it.each([
    ['the server has not asked', [CONNECTED, HEARD]],
    ['the answer is not stored', [CONNECTED, HEARD, ANSWER]],
    ['the server’s document has not come', [CONNECTED, ANSWER, stored(1)]],
    ['an edit is not sent', [...SETTLED, EDITED]],
    ['an edit is not stored', [...SETTLED, EDITED, UPDATE]],
    ['only the first of two is stored', [...SETTLED, EDITED, UPDATE, EDITED, UPDATE, stored(2)]],
    ['an edit was sent before the answer', [CONNECTED, HEARD, EDITED, UPDATE, stored(1)]],
    ['an edit was made while it was away', [EDITED, CONNECTED, HEARD]],
    ['the count is of messages never sent', [CONNECTED, HEARD, ANSWER, stored(2)]],
    ['the count goes back', [...SETTLED, EDITED, UPDATE, stored(0), stored(1)]],
  ])('is saving while %s', (_why, events) => {
    expect(shown(...events)).toEqual({ kind: 'saving' });
  });

  it('turns to saving in the very event of the edit, and back when it is stored', () => {
    expect(shown(...SETTLED, EDITED)).toEqual({ kind: 'saving' });
    expect(shown(...SETTLED, EDITED, UPDATE, stored(2))).toEqual({ kind: 'saved' });
  });

  it('lets one acknowledgement stand for many', () => {
    const edits = Array.from({ length: 5 }, () => [EDITED, UPDATE]).flat();
    expect(shown(...SETTLED, ...edits, stored(6))).toEqual({ kind: 'saved' });
  });

  it('holds an edit that met a closing socket until everything is sent again', () => {
    const lost = [...SETTLED, EDITED];
    expect(shown(...lost, EDITED, UPDATE, stored(2))).toEqual({ kind: 'saving' });
    expect(shown(...lost, CUT)).toEqual({ kind: 'offline', unsaved: true });
    expect(shown(...lost, CUT, CONNECTED, HEARD, ANSWER, stored(1))).toEqual({ kind: 'saved' });
  });

  it('an edit sent before the answer does not hide one made while away', () => {
    const events = [...SETTLED, CUT, EDITED, CONNECTED, HEARD, EDITED, UPDATE, stored(1)];
    expect(shown(...events)).toEqual({ kind: 'saving' });
    expect(shown(...events, ANSWER, stored(2))).toEqual({ kind: 'saved' });
  });

  it('counts from zero on each connection', () => {
    const again = [...SETTLED, EDITED, UPDATE, CUT, CONNECTED, HEARD] as const;
    expect(shown(...again, stored(2))).toEqual({ kind: 'saving' });
    expect(shown(...again, ANSWER, stored(1))).toEqual({ kind: 'saved' });
  });

  it('offline tells whether something is only here', () => {
    expect(shown(...SETTLED, CUT)).toEqual({ kind: 'offline', unsaved: false });
    expect(shown(...SETTLED, EDITED, UPDATE, CUT)).toEqual({ kind: 'offline', unsaved: true });
    expect(shown(...SETTLED, CUT, EDITED)).toEqual({ kind: 'offline', unsaved: true });
  });

  it('what comes from this browser’s copy has to be stored but is not called unsaved', () => {
    const loaded: SaveEvent = { type: 'loaded' };
    expect(shown(loaded, CUT)).toEqual({ kind: 'offline', unsaved: false });
    expect(shown(...SETTLED, loaded)).toEqual({ kind: 'saving' });
    expect(shown(...SETTLED, loaded, UPDATE, stored(2))).toEqual({ kind: 'saved' });
  });

  it('a viewer has nothing to save', () => {
    const connected: SaveEvent = { type: 'connected', writes: false };
    expect(shown(connected)).toEqual({ kind: 'saving' });
    expect(shown(connected, HEARD)).toEqual({ kind: 'saved' });
  });

  it('N3: tells of trouble while something is under way', () => {
    const pending = [...SETTLED, EDITED, UPDATE, trouble('The disk is full.')] as const;
    expect(shown(...pending)).toEqual({ kind: 'saving', trouble: 'The disk is full.' });
    expect(shown(...pending, trouble())).toEqual({ kind: 'saving' });
    expect(shown(...pending, trouble(), stored(2))).toEqual({ kind: 'saved' });
    expect(shown(...pending, CUT, CONNECTED)).toEqual({ kind: 'saving' });
    expect(shown(...SETTLED, trouble('The disk is full.'))).toEqual({ kind: 'saved' });
  });

  it('N4: a refusal stays until a connection stands again', () => {
    const refused: SaveEvent = { type: 'refused', message: 'Revoked.' };
    expect(shown(...SETTLED, CUT, refused)).toEqual({ kind: 'refused', message: 'Revoked.' });
    expect(shown(...SETTLED, refused, EDITED, CUT)).toEqual({
      kind: 'refused',
      message: 'Revoked.',
    });
    expect(after([...SETTLED, refused, EDITED]).unsaved).toBe(true);
    expect(shown(...SETTLED, refused, EDITED, CONNECTED, HEARD)).toEqual({ kind: 'saving' });
  });

  it('ignores what an ended connection still says', () => {
    expect(shown(...SETTLED, EDITED, UPDATE, CUT, stored(2), HEARD)).toEqual({
      kind: 'offline',
      unsaved: true,
    });
  });

  /** Rule N2 by a model that keeps every edit by itself, against any order of events. */
  it('never says saved while an edit is not stored', () => {
    let timesSaved = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      let state = seed;
      const random = (below: number) => {
        state = (state * 48_271) % 2_147_483_647;
        return state % below;
      };
      let facts = SAVE_START;
      let online = false;
      let edits = 0;
      let safe = 0;
      // For each message of this connection: all edits up to this one are stored when it is.
      let carried: number[] = [];
      let covered = 0;
      const take = (event: SaveEvent) => {
        facts = afterEvent(facts, event);
      };
      for (let step = 0; step < 40; step++) {
        const what = random(8);
        if (what === 0 && !online) {
          online = true;
          carried = [];
          covered = safe;
          take(CONNECTED);
        } else if (what === 1 && online) {
          online = false;
          take(CUT);
        } else if (what === 2 && online) take(HEARD);
        else if (what === 3 && online) {
          covered = edits;
          carried.push(edits);
          take(ANSWER);
        } else if (what === 4 && online && carried.length > 0) {
          const count = 1 + random(carried.length);
          safe = Math.max(safe, carried[count - 1] ?? 0);
          take(stored(count));
        } else if (what >= 5) {
          edits++;
          take(EDITED);
          // One in four meets a socket that is closing.
          if (online && random(4) > 0) {
            if (covered === edits - 1) covered = edits;
            carried.push(covered);
            take(UPDATE);
          }
        }
        const { kind } = saveStateOf(facts);
        if (kind === 'saved') timesSaved++;
        if (edits > safe && (kind === 'saved' || !facts.unsaved)) expect.fail(`seed ${seed}`);
      }
    }
    expect(timesSaved).toBeGreaterThan(SEEDS / 10);
  });
});
