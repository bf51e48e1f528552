import * as Y from 'yjs';
import { isCellId } from '../cell-id';
import { addCell, changeKind, deleteCell, duplicateCell, moveCell } from '../cells';
import { cellText, readNotebook } from '../read';
import { rootsOf } from '../roots';
import { seedUpdate } from '../seed';
import { setInput, setTitle, setValue, setView } from '../settings';
import { clearResults, readResult, setResult } from '../shared-run';
import { mergeCellWithNext, mergeCellWithPrevious, splitCell } from '../split-merge';
import type { CellKind, Notebook, SharedRun } from '../types';

/** What one page does to its notebook; numbers choose among what is there. */
export type Edit =
  | { readonly do: 'add'; readonly at: number; readonly kind: CellKind }
  | { readonly do: 'type'; readonly cell: number; readonly at: number }
  | { readonly do: 'move'; readonly cell: number; readonly to: number }
  | { readonly do: 'split'; readonly cell: number; readonly at: number }
  | { readonly do: 'kind'; readonly cell: number; readonly kind: CellKind }
  | { readonly do: 'settings'; readonly cell: number; readonly value: number }
  | { readonly do: keyof typeof SIMPLE; readonly cell: number };

export type Step =
  | Edit
  | { readonly do: 'undo' }
  | { readonly do: 'redo' }
  /** Brings one update that any page made to this one, at any time, also again. */
  | { readonly do: 'receive'; readonly update: number };

/** Texts hold these, each written once. */
const TOKEN = /«\d+»/g;

const RUN: SharedRun = { by: 'me', at: 1, elapsedMs: 2, statementCount: 1, statements: [] };

/**
 * Pages that share a notebook over a network that orders nothing, and what may be missing at the
 * end: a token is lost only with a cell that somebody deleted (rule D5), or as undo takes it.
 */
export class Replicas {
  readonly docs: readonly Y.Doc[];
  readonly #undo: readonly Y.UndoManager[];
  readonly #updates: Uint8Array[] = [];
  readonly #mayBeLost = new Set<string>();
  /** Tokens each cell has held on any page. */
  readonly #heldBy = new Map<string, Set<string>>();
  readonly #deletions: { readonly cell: string; readonly seen: ReadonlySet<string> }[] = [];
  #tokens = 0;

  constructor(count: number) {
    this.docs = Array.from({ length: count }, (_, i) => {
      const doc = new Y.Doc();
      doc.clientID = 100 + i;
      Y.applyUpdate(doc, seedUpdate());
      doc.on('update', (update: Uint8Array, origin) => {
        if (origin !== 'network') this.#updates.push(update);
      });
      return doc;
    });
    this.#undo = this.docs.map((doc) => {
      const { meta, cells, values } = rootsOf(doc);
      const scope = [meta, cells, values];
      return new Y.UndoManager(scope, { trackedOrigins: new Set(['page']), captureTimeout: 0 });
    });
  }

  step(page: number, step: Step): void {
    const doc = this.docs[page % this.docs.length];
    const undo = this.#undo[page % this.docs.length];
    if (!doc || !undo) return;
    if (step.do === 'receive') {
      const update = this.#updates[step.update % Math.max(1, this.#updates.length)];
      if (update) Y.applyUpdate(doc, update, 'network');
      this.#look(doc);
      return;
    }
    const before = this.#look(doc);
    if (step.do !== 'undo' && step.do !== 'redo') doc.transact(() => this.#edit(doc, step), 'page');
    else undo[step.do]();
    this.#noteLosses(step, before, this.#look(doc));
  }

  /** Everything to everybody, each page in an order of its own, most of it again. */
  settle(): void {
    this.docs.forEach((doc, i) => {
      const turn = (i * 7) % Math.max(1, this.#updates.length);
      const order = [...this.#updates.slice(turn), ...this.#updates.slice(0, turn)];
      for (const update of i % 2 === 0 ? order : order.reverse())
        Y.applyUpdate(doc, update, 'network');
    });
  }

  /** Tokens that no rule allows to be missing, and are. */
  lost(): string[] {
    const [doc] = this.docs;
    if (!doc) return [];
    const present = new Set([...this.#look(doc).values()].flatMap((tokens) => [...tokens]));
    const allowed = new Set(this.#mayBeLost);
    for (const { cell, seen } of this.#deletions) {
      for (const token of this.#heldBy.get(cell) ?? []) if (!seen.has(token)) allowed.add(token);
    }
    return Array.from({ length: this.#tokens }, (_, i) => `«${i}»`).filter(
      (token) => !present.has(token) && !allowed.has(token),
    );
  }

  #edit(doc: Y.Doc, step: Edit): void {
    const { cells } = readNotebook(doc);
    const pick = (index: number) => cells[index % Math.max(1, cells.length)]?.id ?? 'gone00000000';
    switch (step.do) {
      case 'add':
        addCell(doc, { kind: step.kind, at: spot(pick(step.at), step.at) });
        return;
      case 'type':
        this.#type(doc, pick(step.cell), step.at);
        return;
      case 'move':
        moveCell(doc, pick(step.cell), spot(pick(step.to), step.to));
        return;
      case 'split':
        splitCell(doc, pick(step.cell), betweenTokens(doc, pick(step.cell), step.at));
        return;
      case 'kind':
        changeKind(doc, pick(step.cell), step.kind);
        return;
      case 'settings':
        setTitle(doc, `Title ${step.value}`);
        setValue(doc, `p${step.value % 3}`, step.value % 4 === 0 ? undefined : `${step.value}`);
        setView(doc, pick(step.cell), step.value % 2 === 0 ? { kind: 'grid' } : undefined);
        setInput(doc, pick(step.cell), { name: `p${step.value % 3}`, type: 'text', options: [] });
        return;
      default:
        SIMPLE[step.do](doc, pick(step.cell));
    }
  }

  /** Puts a fresh token between others. */
  #type(doc: Y.Doc, id: string, at: number): void {
    const text = cellText(doc, id);
    text?.insert(
      betweenTokens(doc, id, at),
      at % 3 === 0 ? `«${this.#tokens}»\n` : `«${this.#tokens}»`,
    );
    if (text) this.#tokens++;
  }

  /** The tokens of each cell, which are noted. */
  #look(doc: Y.Doc): Map<string, Set<string>> {
    const found = new Map<string, Set<string>>();
    for (const { id } of readNotebook(doc).cells) {
      const tokens = new Set(cellText(doc, id)?.toString().match(TOKEN));
      found.set(id, tokens);
      const held = this.#heldBy.get(id) ?? new Set();
      this.#heldBy.set(id, held);
      for (const token of tokens) held.add(token);
    }
    return found;
  }

  #noteLosses(
    step: Step,
    before: ReadonlyMap<string, Set<string>>,
    after: ReadonlyMap<string, Set<string>>,
  ): void {
    const present = new Set([...after.values()].flatMap((tokens) => [...tokens]));
    const meant = step.do === 'delete' || step.do === 'undo' || step.do === 'redo';
    for (const [cell, seen] of before) {
      const left = after.get(cell);
      if (!left) this.#deletions.push({ cell, seen });
      if (meant) for (const token of seen) if (!present.has(token)) this.#mayBeLost.add(token);
    }
  }
}

const SIMPLE = {
  duplicate: duplicateCell,
  merge: mergeCellWithNext,
  join: mergeCellWithPrevious,
  delete: deleteCell,
  result: (doc: Y.Doc, id: string) => setResult(doc, id, RUN),
  clear: clearResults,
  up: (doc: Y.Doc, id: string) => moveCell(doc, id, 'up'),
  down: (doc: Y.Doc, id: string) => moveCell(doc, id, 'down'),
};

function spot(id: string, chance: number) {
  if (chance % 7 === 0) return 'start';
  if (chance % 5 === 0) return 'end';
  return chance % 2 === 0 ? { after: id } : { before: id };
}

/** An index of a cell's text that is in no token. */
function betweenTokens(doc: Y.Doc, id: string, at: number): number {
  const text = cellText(doc, id)?.toString() ?? '';
  const ends = Array.from(text.matchAll(TOKEN), (match) => match.index + match[0].length);
  return [0, ...ends][at % (ends.length + 1)] ?? 0;
}

/** All that a page shows of its document. */
export function shown(doc: Y.Doc): unknown {
  const { title, cells, values, standing } = readNotebook(doc);
  return {
    title,
    standing,
    values: [...values].sort(),
    cells: cells.map((cell) => ({
      ...cell,
      text: cellText(doc, cell.id)?.toString(),
      result: readResult(doc, cell.id),
    })),
  };
}

/** What is wrong with a notebook as it is read; '' when nothing is. */
export function invalid({ cells, standing }: Notebook): string {
  if (standing !== 'usable') return `it is ${standing}`;
  for (const [i, cell] of cells.entries()) {
    const next = cells[i + 1];
    if (!isCellId(cell.id)) return `${cell.id} is no id`;
    if (!next) continue;
    const ordered = cell.place < next.place || (cell.place === next.place && cell.id < next.id);
    if (!ordered) return `${cell.id} does not stand before ${next.id}`;
  }
  return '';
}
