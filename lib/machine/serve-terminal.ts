import { isRole } from '../access/roles';
import type { IncomingStream } from '../mux/link';
import { metadataValue } from '../mux/metadata';
import { splice } from '../mux/pipe';
import { asMachineError } from './errors';
import type { Machine } from './machine';
import { listTerminals } from './terminal-list';
import { terminalFor, terminalsFor } from './terminal-policy';

/** Serves a `pty` or `ptys` stream of somebody who came over the relay, as far as they may (`terminal-policy.ts`). */
export function serveTerminal(
  stream: IncomingStream,
  machine: Machine,
  allowEditors: boolean,
  onWork: () => void,
): void {
  const role = metadataValue(stream.metadata, 'role');
  if (!isRole(role)) {
    stream.reset('refused', 'The relay did not say who asks.');
    return;
  }
  const decision = terminalFor(role, stream.metadata, allowEditors);
  if (decision.kind === 'refused') {
    stream.reset('refused', decision.text);
    return;
  }
  try {
    if (metadataValue(decision.metadata, 'kind') === 'ptys') {
      void listTerminals((metadata) => machine.open(metadata)).then(
        (list) => {
          stream.accept();
          stream.attach({ data() {}, end() {}, reset() {}, drain() {} });
          stream.write(
            new TextEncoder().encode(
              `${JSON.stringify(terminalsFor(role, stream.metadata, list))}\n`,
            ),
          );
          stream.end();
        },
        (error: unknown) => stream.reset('unreachable', asMachineError(error).message),
      );
      return;
    }
    const guest = machine.open(decision.metadata);
    guest.accepted.then(
      (metadata) => stream.accept(metadata),
      () => {},
    );
    splice(stream, guest, { passed: onWork });
  } catch (thrown) {
    stream.reset('unreachable', asMachineError(thrown).message);
  }
}
