import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { MalformedError } from './byte-reader';
import { checkUpdate } from './check-update';

/** `NOTEBOOK_FUZZ=100000` for the long run. */
const RUNS = Number(process.env.NOTEBOOK_FUZZ ?? 500);

/** What people do to a document, as numbers that fast-check can shrink. */
const Edits = fc.array(
  fc.record({
    replica: fc.nat(1),
    kind: fc.constantFrom('insert', 'delete', 'set', 'unset', 'nest', 'sync'),
    at: fc.nat(30),
    text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
    value: fc.anything({ withBigInt: true, withTypedArray: false, maxDepth: 2 }),
  }),
  { maxLength: 40 },
);

type Edit = typeof Edits extends fc.Arbitrary<infer T> ? T : never;

/** Every update that two replicas made, and their final states. */
function updatesOf(edits: Edit): readonly Uint8Array[] {
  const docs = [new Y.Doc(), new Y.Doc()] as const;
  const updates: Uint8Array[] = [];
  for (const doc of docs) doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const edit of edits[Symbol.iterator]()) {
    const doc = docs[edit.replica === 0 ? 0 : 1];
    const text = doc.getText('text');
    const map = doc.getMap('map');
    if (edit.kind === 'insert') text.insert(Math.min(edit.at, text.length), edit.text);
    if (edit.kind === 'delete' && text.length > 0) text.delete(edit.at % text.length, 1);
    if (edit.kind === 'set') map.set(edit.text, plain(edit.value));
    if (edit.kind === 'unset') map.delete(edit.text);
    if (edit.kind === 'nest') map.set(edit.text, new Y.Map([['source', new Y.Text(edit.text)]]));
    if (edit.kind === 'sync') Y.applyUpdate(docs[0], Y.encodeStateAsUpdate(docs[1]));
  }
  return [...updates, ...docs.map((doc) => Y.encodeStateAsUpdate(doc)), Y.mergeUpdates(updates)];
}

/** Values as a document may hold them. */
function plain(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') return null;
  if (typeof value === 'bigint') return BigInt.asIntN(64, value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function isTaken(update: Uint8Array): boolean {
  try {
    checkUpdate(update);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedError);
    return false;
  }
}

describe('checking an update', () => {
  it('takes whatever Yjs makes, in parts and merged', () => {
    fc.assert(
      fc.property(Edits, (edits) => {
        for (const update of updatesOf(edits)) checkUpdate(update);
      }),
    );
  });

  it('takes nothing that Yjs cannot apply, however it was spoilt', {
    timeout: 30_000 + RUNS * 10,
  }, () => {
    const Spoils = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(Edits, Spoils, fc.nat(3), (edits, spoils, cut) => {
        const honest = updatesOf(edits).at(-2) ?? new Uint8Array([0, 0]);
        const update = Uint8Array.from(honest);
        for (const [at, byte] of spoils) update[at % update.length] = byte;
        const spoilt = update.subarray(0, update.length - cut);
        if (!isTaken(spoilt)) return;
        Y.applyUpdate(new Y.Doc(), spoilt);
        const doc = new Y.Doc();
        Y.applyUpdate(doc, honest);
        Y.applyUpdate(doc, spoilt);
        checkUpdate(Y.encodeStateAsUpdate(doc));
      }),
      { numRuns: RUNS },
    );
  });

  it('tells what an update holds', () => {
    const doc = new Y.Doc();
    doc.getMap('cells').set('a', new Y.Map([['source', new Y.Text('select 1')]]));
    const made = Y.encodeStateAsUpdate(doc);
    expect(checkUpdate(made)).toEqual({ structs: 3, types: 2 });
    let deletion: Uint8Array | undefined;
    doc.on('update', (update: Uint8Array) => {
      deletion = update;
    });
    doc.getMap('cells').delete('a');
    expect(checkUpdate(deletion ?? new Uint8Array())).toEqual({ structs: 0, types: 0 });
    expect(checkUpdate(new Uint8Array([0, 0]))).toEqual({ structs: 0, types: 0 });
  });

  /** One struct of client 1 at the root `r`, with this content. */
  const withContent = (kind: number, content: (encoder: encoding.Encoder) => void) =>
    encoding.encode((encoder) => {
      for (const number of [1, 1, 1, 0, kind, 1]) encoding.writeVarUint(encoder, number);
      encoding.writeVarString(encoder, 'r');
      content(encoder);
      encoding.writeVarUint(encoder, 0);
    });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['bytes after the end', new Uint8Array([0, 0, 0])],
    ['a number without end', new Uint8Array(20).fill(0xff)],
    ['more clients than bytes', new Uint8Array([0xff, 0xff, 0xff, 0x7f])],
    [
      'a text that is longer than the message, into memory of somebody else',
      withContent(4, (encoder) => encoding.writeVarUint(encoder, 1_000)),
    ],
    ['an empty text', withContent(4, (encoder) => encoding.writeVarString(encoder, ''))],
    [
      'a document in the document',
      withContent(9, (encoder) => {
        encoding.writeVarString(encoder, 'guid');
        encoding.writeAny(encoder, {});
      }),
    ],
    [
      'JSON that is nested to the end of the stack',
      withContent(5, (encoder) => encoding.writeVarString(encoder, '['.repeat(100_000))),
    ],
    [
      'values that are nested to the end of the stack',
      withContent(8, (encoder) => {
        encoding.writeVarUint(encoder, 1);
        for (let depth = 0; depth < 100_000; depth++) {
          encoding.writeUint8(encoder, 117);
          encoding.writeVarUint(encoder, 1);
        }
        encoding.writeUint8(encoder, 126);
      }),
    ],
    ['a struct of no kind', withContent(31, () => undefined)],
    ['a type of no kind', withContent(7, (encoder) => encoding.writeVarUint(encoder, 7))],
    ['a skip in item’s clothes', withContent(0x80 | 10, () => undefined)],
  ])('refuses %s', (_name, update) => {
    expect(isTaken(update)).toBe(false);
  });
});
