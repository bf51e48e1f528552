import type * as Y from 'yjs';
import { readNotebook } from '@/lib/notebook/read';
import { readResult } from '@/lib/notebook/shared-run';
import type { Notebook, SharedRun } from '@/lib/notebook/types';
import { watchNotebook } from '@/lib/notebook/watch';
import { Cell, type Readable } from '../state/cell';

/** As many results at once are runs; more are a notebook that is being loaded, whose runs are long over. */
const NEW_RUNS = 3;

/**
 * What a page shows of a document, texts apart. Reading is put off until somebody looks, and telling until the
 * present burst of changes is over: two hundred cells with their results cost nothing while somebody types.
 */
export class Structure {
  readonly notebook: Readable<Notebook>;
  readonly #doc: Y.Doc;
  readonly #notebook: Lazy<Notebook>;
  readonly #results = new Map<string, Lazy<SharedRun | undefined>>();
  readonly #runListeners = new Set<(run: SharedRun) => void>();
  readonly #stop: () => void;

  constructor(doc: Y.Doc) {
    this.#doc = doc;
    this.#notebook = new Lazy((previous) => readNotebook(doc, previous));
    this.notebook = this.#notebook;
    this.#stop = watchNotebook(doc, {
      structure: () => this.#notebook.spoil(),
      results: (cells) => {
        for (const cell of cells) this.#results.get(cell)?.spoil();
        if (cells.size <= NEW_RUNS) this.#tellRuns(cells);
      },
    });
  }

  /** Tells of each run that somebody shares, this page included. @returns ends it */
  onRun(listener: (run: SharedRun) => void): () => void {
    this.#runListeners.add(listener);
    return () => this.#runListeners.delete(listener);
  }

  #tellRuns(cells: ReadonlySet<string>): void {
    if (this.#runListeners.size === 0) return;
    const runs = [...cells].flatMap((cell) => this.result(cell).get() ?? []);
    for (const run of runs) for (const listener of this.#runListeners) listener(run);
  }

  result(cell: string): Readable<SharedRun | undefined> {
    let result = this.#results.get(cell);
    if (!result) {
      result = new Lazy(() => readResult(this.#doc, cell));
      this.#results.set(cell, result);
    }
    return result;
  }

  dispose(): void {
    this.#stop();
  }
}

/** A value that is made anew when it is looked at after it was spoilt. Listeners are told in a microtask. */
class Lazy<T> implements Readable<T> {
  readonly #make: (previous: T | undefined) => T;
  readonly #version = new Cell(0);
  #made: { readonly value: T } | undefined;
  #fresh = false;
  #telling = false;

  constructor(make: (previous: T | undefined) => T) {
    this.#make = make;
  }

  readonly get = (): T => {
    if (!this.#made || !this.#fresh) {
      this.#fresh = true;
      this.#made = { value: this.#make(this.#made?.value) };
    }
    return this.#made.value;
  };

  readonly subscribe = (listener: () => void): (() => void) => this.#version.subscribe(listener);

  spoil(): void {
    this.#fresh = false;
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      this.#version.set(this.#version.get() + 1);
    });
  }
}
