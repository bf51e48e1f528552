import type { IncomingStream } from '../mux/link';
import { type Metadata, metadataValue } from '../mux/metadata';
import { splice } from '../mux/pipe';
import { asMachineError } from './errors';
import type { Machine } from './machine';
import { serveSnapshot } from './serve-snapshot';
import { serveTerminal } from './serve-terminal';
import type { MemoryMb } from './types';

/** Kinds that the host's own page may open in the guest, and whether that is work that a crash would lose. */
const PAGE_KINDS: ReadonlyMap<string, 'work' | 'look'> = new Map([
  ['pg', 'work'],
  ['exec', 'work'],
  ['pty', 'work'],
  ['put', 'work'],
  ['ptys', 'look'],
  ['get', 'look'],
  ['list', 'look'],
]);

/** Joins a stream of the host's own page to the machine. */
export function servePage(
  stream: IncomingStream,
  machine: Machine,
  memoryMb: MemoryMb,
  onWork: () => void,
): void {
  const kind = metadataValue(stream.metadata, 'kind') ?? '';
  const nature = PAGE_KINDS.get(kind);
  if (machine.state.stage !== 'ready') {
    stream.reset('unreachable', 'The machine is not running.');
  } else if (kind === 'snapshot') {
    serveSnapshot(stream, machine, memoryMb);
  } else if (nature) {
    const metadata = stream.metadata.filter(([key]) => key !== 'look');
    // A session of PostgreSQL that only reads says so: a machine that was looked at need not be saved again.
    const isLook = nature === 'look' || metadata.length < stream.metadata.length;
    join(stream, machine, metadata, isLook ? () => {} : onWork);
  } else {
    stream.reset('unknown-kind', `this host does not serve ${kind}`);
  }
}

/** Joins a stream that came over the relay to the machine: PostgreSQL, and terminals as far as they are allowed. */
export function serveRelay(
  stream: IncomingStream,
  machine: Machine,
  allowsTerminals: boolean,
  onWork: () => void,
): void {
  const kind = metadataValue(stream.metadata, 'kind');
  if (machine.state.stage !== 'ready') {
    stream.reset('unreachable', 'The machine is not running.');
  } else if (kind === 'pg') {
    // Nothing else of what came along: names of sessions are the page's own (rule G4 of docs/protocol.md).
    join(stream, machine, [['kind', 'pg']], onWork);
  } else if (kind === 'pty' || kind === 'ptys') {
    serveTerminal(stream, machine, allowsTerminals, onWork);
  } else {
    stream.reset('unknown-kind', `this host does not serve ${kind}`);
  }
}

function join(
  stream: IncomingStream,
  machine: Machine,
  metadata: Metadata,
  onWork: () => void,
): void {
  try {
    const guest = machine.open(metadata);
    guest.accepted.then(
      (answer) => stream.accept(answer),
      () => {},
    );
    splice(stream, guest, { passed: onWork });
  } catch (thrown) {
    stream.reset('unreachable', asMachineError(thrown).message);
  }
}
