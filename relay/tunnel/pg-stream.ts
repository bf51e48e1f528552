import type { IncomingStream } from '../../lib/mux/stream';
import { encodeErrorResponse } from '../../lib/postgres/backend-encoders';
import { negotiateVersion } from '../../lib/postgres/negotiation';
import { type StartupEvent, StartupReader } from '../../lib/postgres/startup';
import { encodePgError, type PgError } from '../postgres/errors';
import type { Relay } from '../relay';
import { checkStartup } from '../session/check-startup';
import { deliverCancel } from '../session/deliver-cancel';
import { type Actor, Session } from '../session/session';
import { DuplexReset, StagedDuplex } from '../session/staged-duplex';
import { countBroken } from './faults';
import type { Room } from './room';

/** The first packet of a page's `pg` stream, or why there is none. */
type First = StartupEvent | { readonly type: 'ended' } | { readonly type: 'late' };

/** Serves a `pg` stream of a page: reads its startup packet and joins it to the host, or cancels what it names. */
export async function servePgStream(
  relay: Relay,
  room: Room,
  actor: Actor,
  stream: IncomingStream,
): Promise<void> {
  stream.accept();
  const front = new StagedDuplex(stream);
  try {
    const first = await readFirst(relay, front);
    if (first.type === 'startup') start(relay, room, actor, front, first);
    else if (first.type === 'cancel') {
      await deliverCancel(relay, first);
      front.discard();
      front.end();
    } else if (first.type === 'ended') front.reset('ok');
    else if (first.type === 'late') refuse(relay, front, { code: 'authentication-timeout' });
    else if (first.type === 'fault') refuse(relay, front, first);
    else refuse(relay, front, { code: 'encryption-requested-again' });
  } catch (error) {
    if (error instanceof DuplexReset) {
      countBroken(relay.metrics, error.reason);
    } else {
      relay.log.error({ err: error }, 'pg stream failed');
      front.reset('internal');
    }
  }
}

async function readFirst(relay: Relay, front: StagedDuplex): Promise<First> {
  // What a page sends is inside its WebSocket: asking for encryption there is a fault.
  const reader = new StartupReader({ encrypted: true });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<First>((resolve) => {
    timer = setTimeout(() => resolve({ type: 'late' }), relay.limits.pgAuthenticationMs);
  });
  const read = async (): Promise<First> => {
    for (;;) {
      const chunk = await front.read();
      if (chunk === undefined) return { type: 'ended' };
      const { event, rest } = reader.feed(chunk);
      front.unread(rest);
      if (event) return event;
    }
  };
  try {
    return await Promise.race([read(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function start(
  relay: Relay,
  room: Room,
  actor: Actor,
  front: StagedDuplex,
  startup: Extract<StartupEvent, { type: 'startup' }>,
): void {
  const agreed = negotiateVersion(startup.version, startup.parameters);
  if (!agreed.ok) {
    relay.metrics.rejects.inc({ at: 'postgres', code: 'version-unsupported' });
    finish(front, encodeErrorResponse(agreed.error));
    return;
  }
  const refused = checkStartup(actor.role, startup.parameters);
  if (refused) {
    refuse(relay, front, refused);
    return;
  }
  if (agreed.reply) front.write(agreed.reply);
  const { version } = agreed;
  const { parameters } = startup;
  new Session(relay, { room, actor, front, startup: { version, parameters } });
}

function refuse(relay: Relay, front: StagedDuplex, error: PgError): void {
  relay.metrics.rejects.inc({ at: 'postgres', code: error.code });
  finish(front, encodePgError(error));
}

function finish(front: StagedDuplex, bytes: Uint8Array): void {
  front.discard();
  front.write(bytes);
  front.end();
}
