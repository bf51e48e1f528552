import { encodeReset, type Frame, readU32 } from './frame';
import type { Violation } from './frame-decoder';
import type { Hello } from './hello';
import {
  MAX_CREDIT_BYTES,
  MAX_PENDING_PINGS,
  MAX_PENDING_RESETS,
  MAX_WINDOW_BYTES,
  PROTOCOL_VERSION,
} from './limits';
import { decodeMetadata, decodeOpenMetadata } from './metadata';
import {
  forgetStream,
  isOwnId,
  type MuxEvent,
  type MuxState,
  resetStream,
  wasOpened,
} from './mux-state';
import type { Reason } from './reason';
import { ENDED, newStream, type StreamState } from './stream-state';

type Of<T extends Frame['type']> = Extract<Frame, { type: T }>;
type OfStream = Extract<Frame, { stream: number }>;

/**
 * Works off one frame of the peer: changes the state, adds to `events` what the layer above must know.
 * Gives the reason when the link has to end (V1, H2, P4), else null.
 */
export function receiveFrame(
  state: MuxState,
  frame: Frame | Violation,
  events: MuxEvent[],
): Reason | null {
  if (frame.type === 'violation') return violation(frame.rule, frame.text);
  if (frame.type === 'hello') return receiveHello(state, frame.hello, events);
  if (state.phase.state === 'greeting') return violation('H1', `${frame.type} before HELLO`);
  if (frame.type === 'open') return receiveOpen(state, frame, events);
  if ('stream' in frame) return receiveOnStream(state, frame, events);
  return receiveOnLink(state, frame, events);
}

function violation(rule: string, text: string): Reason {
  return { code: 'protocol-error', text: `${rule}: ${text}` };
}

function receiveHello(state: MuxState, hello: Hello, events: MuxEvent[]): Reason | null {
  if (state.phase.state !== 'greeting') return violation('H1', 'second HELLO');
  if (hello.version !== PROTOCOL_VERSION) {
    return { code: 'version', text: `H2: version ${hello.version}, not ${PROTOCOL_VERSION}` };
  }
  if (hello.window === 0 || hello.window > MAX_WINDOW_BYTES) {
    return violation('H3', `window of ${hello.window}`);
  }
  state.phase = { state: 'up', peerWindow: hello.window };
  state.outbox.release();
  for (const stream of state.streams.values()) {
    if (stream.sending.state === 'ended') continue;
    stream.sending.credit = hello.window;
    state.outbox.update(stream);
  }
  events.push({ type: 'hello', window: hello.window, nonce: hello.nonce });
  return null;
}

function receiveOnLink(
  state: MuxState,
  frame: Exclude<Frame, OfStream | Of<'hello'>>,
  events: MuxEvent[],
): Reason | null {
  switch (frame.type) {
    case 'ping':
      state.outbox.pong(frame.payload.slice());
      if (state.outbox.pendingPongs <= MAX_PENDING_PINGS) return null;
      return violation('P2', `more than ${MAX_PENDING_PINGS} unanswered PINGs`);
    case 'pong':
      receivePong(state, frame.payload, events);
      return null;
    case 'goodbye':
      state.refusal = frame.reason;
      events.push(frame);
      return null;
    case 'ack':
      events.push(frame);
      return null;
  }
}

/** P2: a PONG that answers nothing is ignored. */
function receivePong(state: MuxState, payload: Uint8Array, events: MuxEvent[]): void {
  const index = state.unanswered.indexOf(readU32(payload, 0));
  if (index < 0 || readU32(payload, 4) !== 0) return;
  const [ping] = state.unanswered.splice(index, 1);
  events.push({ type: 'pong', ping: ping! });
}

function receiveOpen(state: MuxState, frame: Of<'open'>, events: MuxEvent[]): Reason | null {
  const id = frame.stream;
  if (isOwnId(state.role, id)) return violation('S1', `OPEN of our own id ${id}`);
  if (id <= state.lastOffered) return violation('S1', `OPEN of ${id} after ${state.lastOffered}`);
  state.lastOffered = id;
  if (state.outbox.pendingResets >= MAX_PENDING_RESETS) {
    return { code: 'busy', text: `P4: ${MAX_PENDING_RESETS} RESETs wait to be read` };
  }
  if (state.leaving) return refuse(state, id, state.leaving);
  if (state.streams.size >= state.maxStreams) {
    return refuse(state, id, {
      code: 'too-many-streams',
      text: `${state.maxStreams} streams are open`,
    });
  }
  const metadata = decodeOpenMetadata(frame.metadata);
  if (metadata === null) return refuse(state, id, BAD_METADATA);
  const credit = state.phase.state === 'up' ? state.phase.peerWindow : 0;
  state.streams.set(id, newStream(id, 'offered', credit, state.window));
  events.push({ type: 'offered', stream: id, metadata });
  return null;
}

const BAD_METADATA: Reason = { code: 'protocol-error', text: 'M1: bad metadata' };

function refuse(state: MuxState, id: number, reason: Reason): null {
  state.outbox.reset(id, encodeReset(reason));
  return null;
}

function receiveOnStream(
  state: MuxState,
  frame: Exclude<OfStream, Of<'open'>>,
  events: MuxEvent[],
): Reason | null {
  if (frame.type === 'accept' && !isOwnId(state.role, frame.stream)) {
    return violation('S2', `ACCEPT of ${frame.stream} from the side that opens such ids`);
  }
  const stream = state.streams.get(frame.stream);
  if (stream === undefined) {
    if (wasOpened(state, frame.stream)) return null; // S5: under way when the stream ended
    return violation('S5', `${frame.type} on unknown stream ${frame.stream}`);
  }
  if (frame.type === 'reset') {
    forgetStream(state, stream);
    events.push(frame);
    return null;
  }
  const broken = receiveKnown(state, stream, frame, events);
  if (broken === null) return null;
  resetStream(state, stream, broken);
  events.push({ type: 'reset', stream: stream.id, reason: broken });
  return null;
}

/** Gives the reason to reset the stream when the frame breaks a rule of it. */
function receiveKnown(
  state: MuxState,
  stream: StreamState,
  frame: Of<'accept' | 'data' | 'credit' | 'end'>,
  events: MuxEvent[],
): Reason | null {
  switch (frame.type) {
    case 'accept':
      return receiveAccept(stream, frame, events);
    case 'data':
      return receiveData(stream, frame, events);
    case 'credit':
      return receiveCredit(state, stream, frame.bytes);
    case 'end':
      return receiveEnd(state, stream, events);
  }
}

function receiveAccept(
  stream: StreamState,
  frame: Of<'accept'>,
  events: MuxEvent[],
): Reason | null {
  if (stream.handshake !== 'opening') {
    return { code: 'protocol-error', text: 'S2: second ACCEPT' };
  }
  const metadata = decodeMetadata(frame.metadata);
  if (metadata === null) return BAD_METADATA;
  stream.handshake = 'accepted';
  events.push({ type: 'accepted', stream: stream.id, metadata });
  return null;
}

function receiveData(
  { handshake, receiving }: StreamState,
  frame: Of<'data'>,
  events: MuxEvent[],
): Reason | null {
  if (receiving.state === 'ended') return { code: 'data-after-end', text: 'S5: DATA after END' };
  if (handshake === 'opening') return { code: 'protocol-error', text: 'S2: DATA before ACCEPT' };
  const { length } = frame.bytes;
  if (length > receiving.credit) {
    const text = `C4: ${length} bytes with a credit of ${receiving.credit}`;
    return { code: 'credit-exceeded', text };
  }
  receiving.credit -= length;
  receiving.untaken += length;
  events.push(frame);
  return null;
}

function receiveCredit(state: MuxState, stream: StreamState, bytes: number): Reason | null {
  const { sending } = stream;
  if (sending.state === 'ended') return null;
  if (sending.credit + bytes > MAX_CREDIT_BYTES) {
    return { code: 'credit-overflow', text: `C5: credit of ${sending.credit + bytes}` };
  }
  sending.credit += bytes;
  state.outbox.update(stream);
  return null;
}

function receiveEnd(state: MuxState, stream: StreamState, events: MuxEvent[]): Reason | null {
  if (stream.receiving.state === 'ended') {
    return { code: 'data-after-end', text: 'S5: END after END' };
  }
  if (stream.handshake === 'opening') {
    return { code: 'protocol-error', text: 'S2: END before ACCEPT' };
  }
  stream.receiving = ENDED;
  state.outbox.withdrawCredit(stream);
  events.push({ type: 'ended', stream: stream.id });
  if (stream.sending.state === 'ended') {
    forgetStream(state, stream);
    events.push({ type: 'closed', stream: stream.id });
  }
  return null;
}
