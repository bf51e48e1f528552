import { splice } from '../../lib/mux/pipe';
import type { ReasonCode } from '../../lib/mux/reason';
import type { ProtocolVersion } from '../../lib/postgres/protocol-version';
import { type BackendKey, encodeStartup } from '../../lib/postgres/startup-encoders';
import type { Role } from '../playgrounds/types';
import { encodePgError, type PgError } from '../postgres/errors';
import type { Relay } from '../relay';
import { countBroken } from '../tunnel/faults';
import type { Host } from '../tunnel/host';
import type { MemberEnd, Room } from '../tunnel/room';
import { BackendDuplex } from './backend-duplex';
import type { Cancellable, CancelOutcome } from './cancel-keys';
import { sendCancel } from './send-cancel';
import type { StagedDuplex } from './staged-duplex';

/** On whose behalf a session acts. */
export interface Actor {
  readonly via: 'page' | 'postgres';
  readonly peer: string;
  readonly link: string;
  readonly role: Role;
}

/** A client's startup packet, read and allowed. */
export interface Startup {
  readonly version: ProtocolVersion;
  readonly parameters: ReadonlyMap<string, string>;
}

type State =
  | { readonly stage: 'waiting'; readonly stop: AbortController }
  | { readonly stage: 'joined'; readonly host: Host; readonly backend: BackendDuplex }
  | { readonly stage: 'over' };

/** How the relay's own reasons to end a session read for the client and for the host. */
const ENDS: Readonly<Record<MemberEnd, { readonly error: PgError; readonly code: ReasonCode }>> = {
  revoked: { error: { code: 'session-revoked' }, code: 'revoked' },
  disconnected: { error: { code: 'session-disconnected' }, code: 'ok' },
  'shutting-down': { error: { code: 'shutting-down' }, code: 'shutting-down' },
};

/** One client's session with the PostgreSQL of a playground's host, from its startup packet on. */
export class Session implements Cancellable {
  readonly #relay: Relay;
  readonly #room: Room;
  readonly #actor: Actor;
  readonly #front: StagedDuplex;
  readonly #startup: Startup;
  readonly #key: BackendKey;
  #state: State = { stage: 'waiting', stop: new AbortController() };
  #onOver: () => void = () => {};

  /** Resolves when the host's side of the session is over, or it never came to one. */
  readonly over: Promise<void>;

  constructor(
    relay: Relay,
    options: {
      readonly room: Room;
      readonly actor: Actor;
      readonly front: StagedDuplex;
      readonly startup: Startup;
    },
  ) {
    this.#relay = relay;
    this.#room = options.room;
    this.#actor = options.actor;
    this.#front = options.front;
    this.#startup = options.startup;
    this.#key = relay.cancelKeys.issue(this, options.startup.version);
    this.over = new Promise((resolve) => {
      this.#onOver = resolve;
    });
    this.#run().catch((error: unknown) => {
      relay.log.error({ err: error }, 'session failed');
      this.#front.reset('internal');
      this.#finish();
    });
  }

  /** Tells the client why and cuts it off; what it runs is cancelled and rolled back. */
  close(why: MemberEnd): void {
    const { error, code } = ENDS[why];
    if (this.#state.stage === 'over') return;
    if (this.#state.stage === 'joined') {
      const { host, backend } = this.#state;
      this.#abandon(host, backend);
      backend.fail(error, code);
    } else this.#refuse(error);
    setTimeout(() => this.#front.reset('ok'), this.#relay.limits.lingerMs).unref();
  }

  /** Hands a CancelRequest to the host, with the key PostgreSQL itself gave this session. */
  async cancel(): Promise<CancelOutcome> {
    if (this.#state.stage !== 'joined') return 'too-early';
    const { host, backend } = this.#state;
    if (!backend.serverKey) return 'too-early';
    return await sendCancel(host, this.#metadata(), backend.serverKey, this.#relay.limits);
  }

  /** PostgreSQL notices a client's end only when it next writes; a long query would run on for nobody. */
  #abandon(host: Host, backend: BackendDuplex): void {
    const { serverKey } = backend;
    if (serverKey) void sendCancel(host, this.#metadata(), serverKey, this.#relay.limits);
  }

  async #run(): Promise<void> {
    if (this.#state.stage !== 'waiting') return;
    const signal = AbortSignal.any([this.#state.stop.signal, this.#front.gone]);
    const host = await this.#room.waitForHost(this.#relay.limits.hostWaitMs, signal);
    if (this.#isOver()) return;
    if (this.#front.gone.aborted) {
      if (this.#front.lost) countBroken(this.#relay.metrics, this.#front.lost);
      this.#front.reset('ok');
      this.#finish();
    } else if (host) this.#join(host);
    else this.#refuse({ code: 'host-absent' });
  }

  #join(host: Host): void {
    const { metrics, limits } = this.#relay;
    const { via, role } = this.#actor;
    const stream = host.open(this.#metadata());
    stream.write(this.#startupPacket());
    const backend = new BackendDuplex({
      inner: stream,
      key: this.#key,
      explain: (reason) =>
        reason.code === 'link-lost' && host.isReplaced ? { code: 'replaced', text: '' } : reason,
      onOver: (ending) => {
        if (ending.by === 'relay') this.#count(ending.error);
        if (ending.by === 'client') this.#abandon(host, backend);
        clearTimeout(timer);
        metrics.sessions.dec({ via });
        this.#finish();
      },
    });
    this.#state = { stage: 'joined', host, backend };
    metrics.sessions.inc({ via });
    metrics.sessionsOpened.inc({ via, role });
    const timer = setTimeout(
      () => backend.fail({ code: 'machine-silent' }, 'timeout'),
      limits.hostAcceptMs,
    );
    stream.accepted.then(
      () => clearTimeout(timer),
      () => undefined, // the reset tells the client
    );
    const toHost = metrics.sessionBytes.labels({ via, direction: 'to-host' });
    const toClient = metrics.sessionBytes.labels({ via, direction: 'to-client' });
    splice(this.#front, backend, {
      passed: (direction, bytes) => (direction === 'forth' ? toHost : toClient).inc(bytes),
      closed: (reason) => {
        if (reason) countBroken(metrics, reason);
      },
    });
  }

  #metadata(): readonly (readonly [string, string])[] {
    const { role, peer, link } = this.#actor;
    return [
      ['kind', 'pg'],
      ['role', role],
      ['peer', peer],
      ['link', link],
    ];
  }

  /** What PostgreSQL in the machine is told: protocol 3.0, the role as the user, the rest as the client said. */
  #startupPacket(): Uint8Array {
    const parameters = new Map(this.#startup.parameters);
    for (const name of parameters.keys()) if (name.startsWith('_pq_.')) parameters.delete(name);
    parameters.set('user', this.#actor.role);
    // PostgreSQL would take the user's name, and there is no database called "viewer".
    if (!parameters.get('database')) parameters.set('database', 'postgres');
    return encodeStartup(parameters);
  }

  #refuse(error: PgError): void {
    if (this.#state.stage === 'waiting') this.#state.stop.abort();
    this.#count(error);
    this.#front.discard();
    this.#front.write(encodePgError(error));
    this.#front.end();
    this.#finish();
  }

  #count({ code }: PgError): void {
    this.#relay.metrics.rejects.inc({ at: 'postgres', code });
  }

  #isOver(): boolean {
    return this.#state.stage === 'over';
  }

  #finish(): void {
    if (this.#isOver()) return;
    this.#state = { stage: 'over' };
    this.#relay.cancelKeys.release(this.#key);
    this.#onOver();
  }
}
