import {
  type ScramHello,
  type ScramProof,
  scramHello,
  scramProof,
  scramServerProven,
} from '../access/scram-client';
import { SCRAM_MECHANISM } from '../access/scram-server';
import type { AuthenticationRequest, BackendMessage } from './backend-messages';
import { PgConnectionError, PgError } from './errors';
import { encodeSaslInitialResponse, encodeSaslResponse } from './frontend-encoders';

/** How far the log-in is. */
type Stage =
  | { readonly at: 'asked' }
  | { readonly at: 'scram-hello'; readonly hello: ScramHello }
  | { readonly at: 'scram-proof'; readonly proof: ScramProof }
  | { readonly at: 'scram-proven' }
  | { readonly at: 'accepted' };

export type HandshakeStep =
  | { readonly type: 'send'; readonly bytes: Uint8Array }
  | { readonly type: 'failed'; readonly error: PgError | PgConnectionError };

/**
 * The client's side of logging in, from the startup packet until the server accepts: trust and
 * SCRAM-SHA-256. A password never goes out in clear or as MD5.
 */
export class Handshake {
  readonly #password: string | undefined;
  #stage: Stage = { at: 'asked' };

  constructor(password: string | undefined) {
    this.#password = password;
  }

  /** True once the server has accepted. */
  get accepted(): boolean {
    return this.#stage.at === 'accepted';
  }

  /** What to do about an `authentication` or `error` message; undefined is nothing. */
  async receive(message: BackendMessage): Promise<HandshakeStep | undefined> {
    if (message.type === 'error') return { type: 'failed', error: new PgError(message.fields) };
    if (message.type !== 'authentication') {
      return failed('malformed', `${message.type} while logging in`);
    }
    return this.#authenticate(message.request);
  }

  async #authenticate(request: AuthenticationRequest): Promise<HandshakeStep | undefined> {
    const stage = this.#stage;
    if (request.kind === 'ok') {
      if (stage.at !== 'asked' && stage.at !== 'scram-proven') {
        return failed('authentication-failed', 'accepted before the server proved itself');
      }
      this.#stage = { at: 'accepted' };
      return undefined;
    }
    if (request.kind === 'sasl' && stage.at === 'asked') return this.#hello(request.mechanisms);
    if (request.kind === 'sasl-continue' && stage.at === 'scram-hello') {
      const proof = await scramProof(stage.hello, request.data, this.#password ?? '');
      if (!proof) return failed('malformed', 'the SCRAM challenge is malformed');
      this.#stage = { at: 'scram-proof', proof };
      return { type: 'send', bytes: encodeSaslResponse(proof.clientFinal) };
    }
    if (request.kind === 'sasl-final' && stage.at === 'scram-proof') {
      if (!scramServerProven(stage.proof, request.data)) {
        return failed('authentication-failed', 'the signature of the server is wrong');
      }
      this.#stage = { at: 'scram-proven' };
      return undefined;
    }
    if (request.kind === 'other') {
      return failed('authentication-unsupported', `authentication request ${request.number}`);
    }
    return failed('malformed', `${request.kind} at ${stage.at}`);
  }

  #hello(mechanisms: readonly string[]): HandshakeStep {
    if (!mechanisms.includes(SCRAM_MECHANISM)) {
      return failed('authentication-unsupported', mechanisms.join(', '));
    }
    if (this.#password === undefined) {
      return failed('authentication-unsupported', 'a password is asked for, and none is given');
    }
    const hello = scramHello();
    this.#stage = { at: 'scram-hello', hello };
    return { type: 'send', bytes: encodeSaslInitialResponse(SCRAM_MECHANISM, hello.clientFirst) };
  }
}

function failed(
  code: 'malformed' | 'authentication-failed' | 'authentication-unsupported',
  detail: string,
): HandshakeStep {
  return { type: 'failed', error: new PgConnectionError(code, detail) };
}
