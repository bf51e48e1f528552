import * as Y from 'yjs';
import type { Random } from '../../lib/mux/random';
import { TestPage, type TicketSource } from './test-page';
import type { TestLink, TestPlayground } from './test-relay';

/** The map in which each edit leaves a mark, so that it can be asked for later. */
const MARKS = 'marks';

/** Somebody who writes, is cut off, comes back, and sometimes loses everything. */
export class TestWriter {
  readonly #playground: TestPlayground;
  readonly #link: TestLink;
  readonly #random: Random;
  #doc = new Y.Doc();
  #page: TestPage | undefined;
  /** Marks of this document, in order, with the number of the change that brought them; 0: the answer to step 1. */
  #marks: { readonly mark: string; sentAs: number }[] = [];
  /** How many of them have been acknowledged. */
  #savedMarks = 0;

  constructor(playground: TestPlayground, link: TestLink, random: Random) {
    this.#playground = playground;
    this.#link = link;
    this.#random = random;
  }

  get doc(): Y.Doc {
    return this.#doc;
  }

  get isConnected(): boolean {
    return this.#page !== undefined;
  }

  async connect(source: TicketSource): Promise<void> {
    const options = { doc: this.#doc, wait: false };
    const page = await TestPage.open(source, this.#playground, this.#link, options);
    // Made while nobody listened: it goes with the answer.
    for (const entry of this.#marks.slice(this.#savedMarks)) entry.sentAs = 0;
    this.#page = page;
    void page.closed.then(() => {
      if (this.#page !== page) return;
      this.saved();
      this.#page = undefined;
    });
  }

  /** Writes something, and a mark with it. */
  edit(mark: string): void {
    const text = this.#doc.getText('text');
    this.#doc.transact(() => {
      const at = this.#random.between(0, text.length);
      if (this.#random.next() < 0.4 && at < text.length) {
        text.delete(at, Math.min(this.#random.between(0, 7) + 1, text.length - at));
      } else text.insert(at, mark);
      this.#doc.getMap(MARKS).set(mark, true);
    });
    const isSent = this.#page?.provider.wsconnected ?? false;
    this.#marks.push({ mark, sentAs: isSent ? (this.#page?.sent ?? 0) : 0 });
  }

  /** Marks whose edits have been acknowledged (rule N2): those must never be lost. */
  saved(): readonly string[] {
    const settled = this.#page?.settled;
    if (settled !== undefined) {
      const isStored = (at: number) => (this.#marks[at]?.sentAs ?? Infinity) <= settled;
      while (isStored(this.#savedMarks)) this.#savedMarks += 1;
    }
    return this.#marks.slice(0, this.#savedMarks).map(({ mark }) => mark);
  }

  cut(): void {
    this.saved();
    this.#page?.cut();
    this.#page?.provider.destroy();
    this.#page = undefined;
  }

  /** The browser's storage is gone as well; gives what had been saved. */
  lose(): readonly string[] {
    const saved = this.saved();
    this.cut();
    this.#doc = new Y.Doc();
    this.#marks = [];
    this.#savedMarks = 0;
    return saved;
  }

  /** Whether the page that is connected now says Saved. */
  get isSaved(): boolean {
    return this.#page?.isSaved ?? false;
  }
}

/** Those of `marks` that a document does not have. */
export function missingMarks(doc: Y.Doc, marks: Iterable<string>): readonly string[] {
  const known = doc.getMap(MARKS);
  return [...marks].filter((mark) => !known.has(mark));
}
