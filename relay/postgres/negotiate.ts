import type { Socket } from 'node:net';
import { type SecureContext, TLSSocket } from 'node:tls';
import { firstByteKind, type StartupEvent, StartupReader } from '../../lib/postgres/startup';
import type { BackendKey } from '../../lib/postgres/startup-encoders';
import { isLoopback } from '../address';
import type { Startup } from '../session/session';
import { ClientGone, PgRefusal } from './refusal';
import { SocketReader } from './socket-reader';

/** What a connection turns out to want, once it speaks as it must. */
export type Negotiated =
  | { readonly want: 'cancel'; readonly key: BackendKey }
  | { readonly want: 'session'; readonly startup: Startup; readonly sni: string | undefined };

/** The line to a client while it changes from TCP to TLS. */
export interface Line {
  readonly socket: Socket;
  /** False during a TLS handshake, when nothing readable can be said. */
  readonly canSpeak: boolean;
}

const ALPN = 'postgresql';
const ACCEPTED = 'S';
const DECLINED = 'N';

/** Reads what comes before authentication: requests for encryption, TLS itself, then one startup packet. */
export async function negotiate(
  socket: Socket,
  secureContext: SecureContext,
  onLine: (line: Line) => void,
): Promise<Negotiated> {
  const secure = async (isDirect: boolean) => {
    onLine({ socket, canSpeak: false });
    const encrypted = await openTls(socket, secureContext);
    onLine({ socket: encrypted, canSpeak: true });
    if (isDirect && encrypted.alpnProtocol !== ALPN) throw new PgRefusal({ code: 'alpn-missing' });
    return await readEncrypted(encrypted);
  };

  const reader = new SocketReader(socket);
  const first = await readOn(reader);
  reader.unread(first);
  const kind = firstByteKind(first[0] ?? 0);
  if (kind === 'tls') return await secure(true);
  if (kind === 'other') throw new PgRefusal({ code: 'not-postgres' });

  const startupReader = new StartupReader();
  for (;;) {
    const event = await readPacket(reader, startupReader);
    if (event.type === 'gssenc-request') socket.write(DECLINED);
    else if (event.type === 'ssl-request') {
      // CVE-2021-23222: what was sent ahead of TLS may be by somebody in between.
      if (socket.readableLength > 0) throw new PgRefusal({ code: 'data-after-ssl-request' });
      socket.write(ACCEPTED);
      const hello = await readOn(reader);
      if (firstByteKind(hello[0] ?? 0) !== 'tls') {
        throw new PgRefusal({ code: 'plaintext-after-ssl' });
      }
      reader.unread(hello);
      return await secure(false);
    } else if (event.type === 'startup' && !isLoopback(socket.remoteAddress)) {
      throw new PgRefusal({ code: 'tls-required' });
    } else return wanted(event, undefined);
  }
}

async function readEncrypted(socket: TLSSocket): Promise<Negotiated> {
  const event = await readPacket(new SocketReader(socket), new StartupReader({ encrypted: true }));
  if (event.type === 'gssenc-request') throw new PgRefusal({ code: 'encryption-requested-again' });
  // A client without SNI leaves `false` here.
  const { servername } = socket as { servername?: string | false };
  return wanted(event, servername || undefined);
}

function wanted(event: StartupEvent, sni: string | undefined): Negotiated {
  if (event.type === 'cancel') return { want: 'cancel', key: event };
  if (event.type === 'startup') return { want: 'session', startup: event, sni };
  throw new PgRefusal({ code: 'encryption-requested-again' });
}

async function readPacket(reader: SocketReader, startup: StartupReader): Promise<StartupEvent> {
  for (;;) {
    const { event, rest } = startup.feed(await readOn(reader));
    reader.unread(rest);
    if (event?.type === 'fault') throw new PgRefusal({ code: event.code, text: event.message });
    if (event) return event;
  }
}

async function readOn(reader: SocketReader): Promise<Uint8Array> {
  const chunk = await reader.read();
  if (chunk === undefined) throw new ClientGone();
  return chunk;
}

async function openTls(socket: Socket, secureContext: SecureContext): Promise<TLSSocket> {
  const encrypted = new TLSSocket(socket, {
    isServer: true,
    secureContext,
    ALPNProtocols: [ALPN],
  });
  encrypted.on('error', () => encrypted.destroy());
  await new Promise<void>((resolve, reject) => {
    encrypted.once('secure', resolve);
    encrypted.once('error', () => reject(new PgRefusal({ code: 'tls-failed' })));
    encrypted.once('close', () => reject(new ClientGone()));
  });
  return encrypted;
}
