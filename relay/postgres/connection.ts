import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { negotiateVersion } from '../../lib/postgres/negotiation';
import type { Log } from '../../lib/server/log';
import { plainAddress } from '../address';
import type { StoredLink } from '../playgrounds/types';
import type { Relay } from '../relay';
import { checkStartup } from '../session/check-startup';
import { deliverCancel } from '../session/deliver-cancel';
import { Session, type Startup } from '../session/session';
import { StagedDuplex } from '../session/staged-duplex';
import { nameProgram } from '../tunnel/client-name';
import type { Member, MemberEnd } from '../tunnel/room';
import { authenticate, routeClient } from './authenticate';
import { encodePgError, type PgError } from './errors';
import { type Line, negotiate } from './negotiate';
import { ClientGone, PgRefusal } from './refusal';
import { SocketDuplex } from './socket-duplex';

export interface ConnectionOptions {
  readonly relay: Relay;
  readonly socket: Socket;
  readonly secureContext: SecureContext;
  readonly serverSecret: Uint8Array<ArrayBuffer>;
  /** Called once the client is known, or has left. */
  readonly onSettled: () => void;
}

/** One TCP connection on the Postgres port, from its first byte until it is joined to a host. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #address: string;
  readonly #log: Log;
  readonly #id = randomBytes(9).toString('base64url');
  #line: Line;
  #session: Session | undefined;
  /** Refused, or left by the client. */
  #isOver = false;

  constructor(options: ConnectionOptions) {
    const { relay, socket } = options;
    this.#options = options;
    this.#address = plainAddress(socket.remoteAddress);
    this.#log = relay.log.child({ connection: this.#id, address: this.#address });
    this.#line = { socket, canSpeak: true };
    const timer = setTimeout(
      () => this.refuse({ code: 'authentication-timeout' }),
      relay.limits.pgAuthenticationMs,
    );
    void this.#serve().finally(() => {
      clearTimeout(timer);
      options.onSettled();
    });
  }

  /** Ends a connection that is not joined yet, with an error where the client can read one. */
  refuse(error: PgError): void {
    if (this.#session || this.#isOver) return;
    this.#isOver = true;
    const { relay } = this.#options;
    relay.metrics.rejects.inc({ at: 'postgres', code: error.code });
    this.#log.info({ code: error.code }, 'connection refused');
    const { socket, canSpeak } = this.#line;
    if (!canSpeak) {
      socket.destroy();
      return;
    }
    socket.end(encodePgError(error));
    // Unread input would turn our close into a reset, which may overtake the error.
    socket.resume();
    setTimeout(() => socket.destroy(), relay.limits.lingerMs).unref();
  }

  /** Ends the connection because the relay stops. */
  close(why: MemberEnd): void {
    if (this.#session) this.#session.close(why);
    else this.refuse({ code: 'shutting-down' });
  }

  async #serve(): Promise<void> {
    const { relay } = this.#options;
    try {
      await this.#admit();
    } catch (error) {
      if (error instanceof PgRefusal) this.refuse(error.error);
      else if (error instanceof ClientGone) this.#leave();
      else {
        this.#log.error({ err: error }, 'connection failed');
        relay.metrics.rejects.inc({ at: 'postgres', code: 'internal' });
        this.#leave();
      }
    }
  }

  #leave(): void {
    // What was refused still has its error to take.
    if (!this.#isOver) this.#line.socket.destroy();
    this.#isOver = true;
  }

  async #admit(): Promise<void> {
    const { relay, socket, secureContext, serverSecret } = this.#options;
    const asked = await negotiate(socket, secureContext, (line) => {
      this.#line = line;
    });
    if (asked.want === 'cancel') {
      await deliverCancel(relay, asked.key);
      this.#leave();
      return;
    }
    const line = this.#line.socket;
    const { parameters } = asked.startup;
    const agreed = negotiateVersion(asked.startup.version, parameters);
    if (!agreed.ok) {
      throw new PgRefusal({ code: 'version-unsupported', text: agreed.error.message });
    }
    const destination = routeClient(relay, parameters, asked.sni);
    if (agreed.reply) line.write(agreed.reply);
    const user = parameters.get('user') ?? '';
    const claim = { destination, user, address: this.#address };
    const link = await authenticate(relay, line, serverSecret, claim);
    const refused = checkStartup(link.role, parameters);
    if (refused) throw new PgRefusal(refused);
    if (line.destroyed || this.#isOver) throw new ClientGone();
    this.#join(line, link, { version: agreed.version, parameters });
  }

  #join(line: Socket, link: StoredLink, startup: Startup): void {
    const { relay } = this.#options;
    const { role, playgroundId } = link;
    const room = relay.hub.room(playgroundId);
    const member: Member = {
      peer: {
        id: this.#id,
        role,
        via: 'postgres',
        address: this.#address,
        client: nameProgram(startup.parameters.get('application_name')),
        connectedAt: Date.now(),
      },
      link: link.id,
      close: (why) => this.close(why),
    };
    const joined = room.join(member);
    if (joined === 'full') throw new PgRefusal({ code: 'playground-full' });
    if (joined === 'revoked') throw new PgRefusal({ code: 'link-revoked' });
    this.#log.info({ playground: playgroundId, link: link.id, role }, 'session opened');
    this.#session = new Session(relay, {
      room,
      actor: { via: 'postgres', peer: this.#id, link: link.id, role },
      front: new StagedDuplex(new SocketDuplex(line, relay.limits)),
      startup,
    });
    void this.#session.over.then(() => {
      room.leave(member);
      this.#log.info('session closed');
    });
  }
}
