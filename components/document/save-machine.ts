import type { SaveState } from './types';

/**
 * What a page knows of its own edits (rule N2). `unsaved`: an edit made here is not known to be on the server's disk;
 * it outlives connections, everything that is counted does not.
 */
export type SaveFacts =
  | { readonly stage: 'opening'; readonly unsaved: boolean }
  | { readonly stage: 'offline'; readonly unsaved: boolean }
  | {
      readonly stage: 'online';
      readonly unsaved: boolean;
      /** False for viewers: the server neither asks them for what they have nor takes it. */
      readonly writes: boolean;
      /** The server's document has come on this connection. */
      readonly heard: boolean;
      /** The server's step 1 has been answered, so it has been sent everything from before. */
      readonly answered: boolean;
      /** Edits that no message of this connection carries yet. */
      readonly waiting: number;
      /** Messages sent on this connection, and how many of them, from the first on, are stored. */
      readonly sent: number;
      readonly stored: number;
      readonly trouble: string | undefined;
    }
  | { readonly stage: 'refused'; readonly unsaved: boolean; readonly message: string };

export type SaveEvent =
  /** An edit was made on this page. It may be sent in the same breath, or not at all. */
  | { readonly type: 'edited' }
  /** This browser's copy, or the one of another tab, came into the document: perhaps stored, perhaps not. */
  | { readonly type: 'loaded' }
  | { readonly type: 'connected'; readonly writes: boolean }
  /** The server's answer to our step 1. */
  | { readonly type: 'heard' }
  /** Our answer to the server's step 1, with everything it lacks; or one edit. */
  | { readonly type: 'sent'; readonly what: 'answer' | 'update' }
  | { readonly type: 'stored'; readonly count: number }
  | { readonly type: 'trouble'; readonly text: string | undefined }
  | { readonly type: 'cut' }
  | { readonly type: 'refused'; readonly message: string };

type Online = Extract<SaveFacts, { stage: 'online' }>;

export const SAVE_START: SaveFacts = { stage: 'opening', unsaved: false };

/** The facts after an event. Pure; the same object where nothing is learnt. */
export function afterEvent(facts: SaveFacts, event: SaveEvent): SaveFacts {
  switch (event.type) {
    case 'connected':
      return {
        stage: 'online',
        unsaved: facts.unsaved,
        writes: event.writes,
        heard: false,
        answered: false,
        waiting: 0,
        sent: 0,
        stored: 0,
        trouble: undefined,
      };
    case 'cut':
      if (facts.stage === 'offline' || facts.stage === 'refused') return facts;
      return { stage: 'offline', unsaved: facts.unsaved };
    case 'refused':
      return { stage: 'refused', unsaved: facts.unsaved, message: event.message };
    case 'edited':
    case 'loaded': {
      const unsaved = facts.unsaved || event.type === 'edited';
      if (facts.stage === 'online') return { ...facts, unsaved, waiting: facts.waiting + 1 };
      return unsaved === facts.unsaved ? facts : { ...facts, unsaved };
    }
    default:
      return facts.stage === 'online' ? settle(afterMessage(facts, event)) : facts;
  }
}

function afterMessage(
  facts: Online,
  event: Extract<SaveEvent, { type: 'heard' | 'sent' | 'stored' | 'trouble' }>,
): Online {
  switch (event.type) {
    case 'heard':
      return { ...facts, heard: true };
    case 'sent':
      return event.what === 'answer'
        ? { ...facts, sent: facts.sent + 1, answered: true, waiting: 0 }
        : { ...facts, sent: facts.sent + 1, waiting: Math.max(0, facts.waiting - 1) };
    case 'stored':
      // More than was sent, or less than before, tells nothing.
      if (event.count > facts.sent || event.count <= facts.stored) return facts;
      return { ...facts, stored: event.count };
    case 'trouble':
      return { ...facts, trouble: event.text };
  }
}

function settle(facts: Online): Online {
  return facts.unsaved && isSettled(facts) ? { ...facts, unsaved: false } : facts;
}

function isSettled(facts: Online): boolean {
  if (!facts.heard || facts.waiting > 0 || facts.stored !== facts.sent) return false;
  return facts.answered || !facts.writes;
}

/** What is shown of the facts. */
export function saveStateOf(facts: SaveFacts): SaveState {
  switch (facts.stage) {
    case 'opening':
      return { kind: 'opening' };
    case 'offline':
      return { kind: 'offline', unsaved: facts.unsaved };
    case 'refused':
      return { kind: 'refused', message: facts.message };
    case 'online':
      if (isSettled(facts)) return { kind: 'saved' };
      return facts.trouble === undefined
        ? { kind: 'saving' }
        : { kind: 'saving', trouble: facts.trouble };
  }
}
