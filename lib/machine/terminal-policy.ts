import { isLinkId } from '../access/ids';
import type { Role } from '../access/roles';
import { type Metadata, metadataValue } from '../mux/metadata';
import { DEFAULT_SIZE, terminalMetadata } from './terminal';
import { LIST_TERMINALS, TERMINAL_NAME, type TerminalEntry } from './terminal-list';
import { psqlAs } from './terminal-programs';

/**
 * What the Worker of a host answers to a `pty` or `ptys` stream that came over the relay (rule T of docs/protocol.md).
 * Owners may do what the machine can do. Editors, where the owner lets them, have psql as the role editor. That keeps
 * accidents apart and is no wall: psql runs programs for whoever sits at it (`\!`), as the user postgres.
 */
export type TerminalDecision =
  /** `metadata` is for the guest's agent. */
  | { readonly kind: 'open'; readonly metadata: Metadata }
  | { readonly kind: 'refused'; readonly text: string };

/** Keys of `pty` that the agent knows and an owner may choose (rule M3). */
const KEYS: ReadonlySet<string> = new Set([
  'kind',
  'terminal',
  'arg',
  'env',
  'cwd',
  'user',
  'cols',
  'rows',
]);

/** Names of editors' terminals begin with it, their link's id behind it: `e` + 8 characters. Owners' begin with `t`. */
const EDITORS = 'e';

/**
 * @param role of whoever asks, as the relay tells it
 * @param metadata as the relay passed it on
 * @param allowEditors the owner lets editors open terminals
 */
export function terminalFor(
  role: Role,
  metadata: Metadata,
  allowEditors: boolean,
): TerminalDecision {
  const kind = metadataValue(metadata, 'kind');
  if (kind !== 'pty' && kind !== 'ptys') return refused(`${kind} is no terminal.`);
  if (role === 'viewer') return refused('Viewers have no terminals.');
  if (role === 'editor' && !allowEditors) {
    return refused('The owner of this playground has not allowed editors to open terminals.');
  }
  if (kind === 'ptys') return { kind: 'open', metadata: LIST_TERMINALS };
  const prefix = prefixFor(role, metadata);
  const name = (prefix ?? '') + (metadataValue(metadata, 'terminal') ?? '');
  if (prefix === undefined || !TERMINAL_NAME.test(name) || name === prefix) {
    return refused('A terminal needs a name of small letters and digits.');
  }
  return {
    kind: 'open',
    metadata: role === 'owner' ? asAsked(metadata) : psqlOfEditor(name, metadata),
  };
}

/** What somebody may know of the machine's terminals, with the names by which they open them. */
export function terminalsFor(
  role: Role,
  metadata: Metadata,
  list: readonly TerminalEntry[],
): readonly TerminalEntry[] {
  const prefix = role === 'viewer' ? undefined : prefixFor(role, metadata);
  if (prefix === undefined) return [];
  return list
    .filter(({ terminal }) => terminal.startsWith(prefix))
    .map((entry) => ({ ...entry, terminal: entry.terminal.slice(prefix.length) }));
}

/** Whether an editor opened it who came over the relay. */
export function isEditorsTerminal({ terminal }: TerminalEntry): boolean {
  return terminal.startsWith(EDITORS);
}

/** Of an editor's terminals: by link, so that they are found again after a reload. Undefined without a link. */
function prefixFor(role: Role, metadata: Metadata): string | undefined {
  if (role === 'owner') return '';
  const link = metadataValue(metadata, 'link');
  return isLinkId(link) ? EDITORS + link : undefined;
}

function asAsked(metadata: Metadata): Metadata {
  return metadata.filter(([key]) => KEYS.has(key));
}

function psqlOfEditor(terminal: string, metadata: Metadata): Metadata {
  const size = {
    cols: Number(metadataValue(metadata, 'cols')) || DEFAULT_SIZE.cols,
    rows: Number(metadataValue(metadata, 'rows')) || DEFAULT_SIZE.rows,
  };
  return terminalMetadata({ terminal, ...psqlAs('editor'), size });
}

function refused(text: string): TerminalDecision {
  return { kind: 'refused', text };
}
