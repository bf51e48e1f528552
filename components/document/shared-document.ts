import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Role } from '@/lib/access/roles';
import { cellText } from '@/lib/notebook/read';
import { rootsOf } from '@/lib/notebook/roots';
import { FIRST_CELL, seedUpdate } from '@/lib/notebook/seed';
import { setResult } from '@/lib/notebook/shared-run';
import type { Notebook, SharedRun } from '@/lib/notebook/types';
import type { Member } from '../playground/session';
import { Cell, type Readable } from '../state/cell';
import { keepName, keptName } from './kept-name';
import { LocalCopy } from './local-copy';
import { forgetOldDraft, readOldDraft } from './old-draft';
import { PeopleList } from './people-list';
import { RoomConnection, type RoomReach } from './room-connection';
import {
  afterEvent,
  SAVE_START,
  type SaveEvent,
  type SaveFacts,
  saveStateOf,
} from './save-machine';
import { Self } from './self';
import { Structure } from './structure';
import type { NotebookDocument, Person, SaveState } from './types';

/** Edits in less than this of each other are undone together. */
const UNDO_CAPTURE_MS = 500;

/** Origins of transactions that undo does not track: nobody has typed them. */
const BEGINNING = 'beginning';
const RESULT = 'result';

interface SharedDocumentOptions {
  /** This browser has just made the playground: nobody can have written anything yet. */
  readonly fresh: boolean;
  readonly reach: RoomReach;
}

/** A playground's notebook, joined with its room on the server and with this browser's copy. */
export class SharedDocument implements NotebookDocument {
  readonly doc = new Y.Doc();
  readonly awareness: Awareness;
  readonly undo: Y.UndoManager;
  readonly notebook: Readable<Notebook>;
  readonly save: Readable<SaveState>;
  readonly people: Readable<readonly Person[]>;
  readonly mayEdit: Readable<boolean>;
  readonly #identity: Member;
  readonly #room: RoomConnection;
  readonly #structure: Structure;
  readonly #peopleList: PeopleList;
  readonly #self: Self;
  readonly #save = new Cell<SaveState>({ kind: 'opening' });
  readonly #mayEdit = new Cell(false);
  /** Of this page's own edits; undo knows them by it. */
  readonly #origin = {};
  #facts: SaveFacts = SAVE_START;
  /** Guests learn theirs from the server. */
  #role: Role | undefined;
  #copy: LocalCopy | undefined;
  /** What has been looked into for a document that has begun. */
  #copyLoaded = false;
  #heard = false;
  #draft: 'none' | 'moved' = 'none';
  #disposed = false;

  constructor(identity: Member, { fresh, reach }: SharedDocumentOptions) {
    this.#identity = identity;
    // Before anything else listens: an edit is known to be unsaved before it can be sent.
    this.doc.on('update', this.#onUpdate);
    this.awareness = new Awareness(this.doc);
    this.#structure = new Structure(this.doc);
    this.#peopleList = new PeopleList(this.awareness);
    this.#self = new Self(this.awareness, this.#peopleList.people, keptName());
    const { meta, cells, values } = rootsOf(this.doc);
    this.undo = new Y.UndoManager([meta, cells, values], {
      trackedOrigins: new Set([this.#origin]),
      captureTimeout: UNDO_CAPTURE_MS,
    });
    this.notebook = this.#structure.notebook;
    this.people = this.#peopleList.people;
    this.save = this.#save;
    this.mayEdit = this.#mayEdit;
    this.notebook.subscribe(() => this.#mayEdit.set(this.#mayEditNow()));
    if (identity.kind === 'owner') this.#takeRole('owner');
    if (fresh) this.#begin();
    this.#room = new RoomConnection(this.doc, this.awareness, reach, {
      role: (role) => this.#takeRole(role),
      save: (event) => this.#take(event),
    });
  }

  text(cell: string): Y.Text | undefined {
    return cellText(this.doc, cell);
  }

  result(cell: string): Readable<SharedRun | undefined> {
    return this.#structure.result(cell);
  }

  onRun(listener: (run: SharedRun) => void): () => void {
    return this.#structure.onRun(listener);
  }

  change(edit: (doc: Y.Doc) => void): void {
    if (this.#mayEditNow()) this.doc.transact(() => edit(this.doc), this.#origin);
  }

  shareResult(cell: string, run: SharedRun): void {
    if (this.#mayEditNow()) this.doc.transact(() => setResult(this.doc, cell, run), RESULT);
  }

  setPlace(cell: string | undefined): void {
    this.#self.setPlace(cell);
  }

  rename(name: string): void {
    this.#self.rename(keepName(name));
  }

  hasUnsaved(): boolean {
    return this.#facts.unsaved && !this.#copy?.holdsAll();
  }

  /** Does not wait any longer for the next attempt: the network is back. */
  hurry(): void {
    this.#room.hurry();
  }

  /** Looks whether the connection still stands: the network is said to be gone. */
  probe(): void {
    this.#room.probe();
  }

  retry(): void {
    this.#room.retryNow();
  }

  async dropUnsaved(): Promise<void> {
    const copy = this.#copy;
    this.#copy = undefined;
    this.dispose();
    await copy?.drop();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#self.dispose();
    this.#peopleList.dispose();
    this.#structure.dispose();
    this.#room.dispose();
    void this.#copy?.close();
    this.awareness.destroy();
    this.doc.destroy();
  }

  readonly #onUpdate = (_update: Uint8Array, origin: unknown): void => {
    if (this.#room?.isOrigin(origin)) return;
    this.#take({ type: this.#copy?.isOrigin(origin) ? 'loaded' : 'edited' });
  };

  #take(event: SaveEvent): void {
    if (this.#disposed) return;
    if (event.type === 'heard') this.#heard = true;
    this.#facts = afterEvent(this.#facts, event);
    const next = saveStateOf(this.#facts);
    if (JSON.stringify(next) !== JSON.stringify(this.#save.get())) this.#save.set(next);
    this.#mayEdit.set(this.#mayEditNow());
    if (next.kind === 'saved' && this.#draft === 'moved') {
      this.#draft = 'none';
      forgetOldDraft(this.#identity.credentials.playground);
    }
    if (event.type === 'heard' || event.type === 'cut') this.#beginIfDue();
  }

  #takeRole(role: Role): void {
    this.#role = role;
    this.#self.setRole(role);
    this.#mayEdit.set(this.#mayEditNow());
    if (role === 'viewer') {
      // What another link of this browser left there is not what the server shows a viewer.
      void this.#copy?.close();
      this.#copy = undefined;
    } else if (!this.#copy) {
      const copy = new LocalCopy(this.#identity.credentials.playground, this.doc);
      this.#copy = copy;
      void copy.loaded.then(() => {
        if (this.#copy !== copy) return;
        this.#copyLoaded = true;
        this.#beginIfDue();
      });
    }
  }

  /** Applies the seed (rule D7) once it is clear that there is nothing yet, as far as can be known. */
  #beginIfDue(): void {
    if (this.#heard || (this.#copyLoaded && this.#facts.stage === 'offline')) this.#begin();
  }

  #begin(): void {
    if (this.#disposed || this.notebook.get().standing !== 'empty' || !this.#mayWrite()) return;
    Y.applyUpdate(this.doc, seedUpdate(), BEGINNING);
    this.#moveDraft();
  }

  /** The owner's text from before there were notebooks; kept where it was until the server has it. */
  #moveDraft(): void {
    if (this.#identity.kind !== 'owner') return;
    const draft = readOldDraft(this.#identity.credentials.playground);
    if (draft === undefined || draft.trim() === '') return;
    this.doc.transact(() => this.text(FIRST_CELL)?.insert(0, draft), BEGINNING);
    this.#draft = 'moved';
  }

  #mayEditNow(): boolean {
    return this.#mayWrite() && this.notebook.get().standing === 'usable';
  }

  #mayWrite(): boolean {
    if (this.#role === undefined || this.#role === 'viewer') return false;
    return this.#facts.stage !== 'refused';
  }
}
