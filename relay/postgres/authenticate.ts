import type { Socket } from 'node:net';
import { parseRoute, type Route } from '../../lib/access/routing';
import { SCRAM_MECHANISM, scramFinal, scramFirst } from '../../lib/access/scram-server';
import { mockVerifier, parseVerifier, type ScramVerifier } from '../../lib/access/scram-verifier';
import {
  encodeAuthenticationSasl,
  encodeAuthenticationSaslContinue,
  encodeAuthenticationSaslFinal,
} from '../../lib/postgres/backend-encoders';
import {
  PasswordReader,
  parseSaslInitialResponse,
  parseSaslResponse,
} from '../../lib/postgres/password-reader';
import { findLink } from '../playgrounds/find-link';
import type { StoredLink } from '../playgrounds/types';
import type { Relay } from '../relay';
import { ClientGone, PgRefusal } from './refusal';
import { SocketReader } from './socket-reader';

type Destination = Extract<Route, { ok: true }>;

/** Who asks, as far as it can be known before the secret is proven. */
export interface Claim {
  readonly destination: Destination;
  /** As the client wrote it, for the error of a wrong password. */
  readonly user: string;
  readonly address: string;
}

/** Reads where a client wants to go. Nothing is looked up: a wrong form is told before a secret is asked for. */
export function routeClient(
  relay: Relay,
  parameters: ReadonlyMap<string, string>,
  sni: string | undefined,
): Destination {
  const { pgHost, publicUrl } = relay.addresses();
  const route = parseRoute({
    sni,
    user: parameters.get('user'),
    options: parameters.get('options'),
    baseDomain: baseDomain(publicUrl),
    ownNames: [pgHost],
  });
  if (!route.ok) throw new PgRefusal({ code: route.code, text: route.message });
  return route;
}

/** The domain of `<playground>.db.<domain>`; an address or `localhost` has no names below it. */
function baseDomain(publicUrl: string): string | undefined {
  const { hostname } = new URL(publicUrl);
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*$/.test(hostname) ? hostname : undefined;
}

/**
 * Runs SCRAM-SHA-256 against the link's verifier and gives the link. A link that does not exist goes through
 * the same exchange; a wrong secret is answered the later the more there were.
 */
export async function authenticate(
  relay: Relay,
  socket: Socket,
  serverSecret: Uint8Array<ArrayBuffer>,
  { destination, user, address }: Claim,
): Promise<StoredLink> {
  const { playground, link: id } = destination;
  const link = await findLink(relay.database.prisma, playground, id).catch((error: unknown) => {
    relay.log.error({ err: error }, 'the database does not answer');
    throw new PgRefusal({ code: 'server-unavailable' });
  });
  const verifier =
    (link && parseVerifier(link.verifier)) ?? (await mockVerifier(serverSecret, user));
  const final = await exchange(socket, verifier);
  if (!link || final === undefined) {
    relay.metrics.authFailures.inc({ at: 'postgres' });
    await relay.throttle.wait({ address, link: link?.id });
    const text = `password authentication failed for user "${user}"`;
    throw new PgRefusal({ code: 'password-wrong', text });
  }
  if (link.revoked) throw new PgRefusal({ code: 'link-revoked' });
  socket.write(encodeAuthenticationSaslFinal(final));
  return link;
}

/** The SCRAM exchange; gives the server's last word when the secret fits. */
async function exchange(socket: Socket, verifier: ScramVerifier): Promise<string | undefined> {
  const reader = new SocketReader(socket);
  const passwords = new PasswordReader();
  socket.write(encodeAuthenticationSasl([SCRAM_MECHANISM]));
  const initial = parseSaslInitialResponse(await readPassword(reader, passwords));
  if (initial?.response === undefined) throw new PgRefusal({ code: 'sasl-malformed' });
  if (initial.mechanism !== SCRAM_MECHANISM) throw new PgRefusal({ code: 'mechanism-unknown' });
  const first = scramFirst(verifier, initial.response);
  if (!first.ok) throw new PgRefusal({ code: 'sasl-malformed' });
  socket.write(encodeAuthenticationSaslContinue(first.exchange.serverFirst));
  const answer = parseSaslResponse(await readPassword(reader, passwords));
  const final = await scramFinal(first.exchange, answer);
  if (final.ok) return final.serverFinal;
  if (final.code !== 'wrong-secret') throw new PgRefusal({ code: 'sasl-malformed' });
  return undefined;
}

async function readPassword(reader: SocketReader, passwords: PasswordReader): Promise<Uint8Array> {
  for (;;) {
    const chunk = await reader.read();
    if (chunk === undefined) throw new ClientGone();
    const { event, rest } = passwords.feed(chunk);
    reader.unread(rest);
    if (event?.type === 'fault') throw new PgRefusal({ code: event.code, text: event.message });
    if (event) return event.body;
  }
}
