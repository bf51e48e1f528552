import { describe, expect, it } from 'vitest';
import { MessageWriter } from './message-writer';
import { PROTOCOL_3_2, REQUEST_CODES } from './protocol-version';
import { firstByteKind, MAX_STARTUP_BYTES, type StartupEvent, StartupReader } from './startup';
import { cancelRequest, encodeStartup } from './startup-encoders';
import { join, splits } from './testing/split';

const REST = Uint8Array.of(9, 8, 7);
const SSL = request(REQUEST_CODES.ssl);
const GSSENC = request(REQUEST_CODES.gssenc);

function request(code: number, ...more: number[]): Uint8Array {
  return new MessageWriter().begin().int32(code).bytes(Uint8Array.from(more)).end().take();
}

/** A startup packet with any body. */
function startup(body: string): Uint8Array {
  return new MessageWriter().begin().int32(196_608).text(body).end().take();
}

function lengthWord(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

/** Feeds until there is an event; what follows it comes back whole. */
function readFirst(chunks: Uint8Array[], reader = new StartupReader()) {
  for (const [i, chunk] of chunks.entries()) {
    const { event, rest } = reader.feed(chunk);
    if (event) return { event, rest: [...join(rest, ...chunks.slice(i + 1))] };
    expect(rest.length).toBe(0);
  }
  return { event: undefined, rest: [] };
}

function firstEvent(bytes: Uint8Array): StartupEvent | undefined {
  return readFirst([bytes]).event;
}

function faultCode(bytes: Uint8Array): string {
  const event = firstEvent(bytes);
  return event?.type === 'fault' ? event.code : `no fault: ${event?.type}`;
}

const PARAMETERS = [
  ['user', 'linklink.abcdefghijkl'],
  ['database', 'postgres'],
  ['application_name', 'Grüße 😀'],
] as const;

const PACKETS: [string, Uint8Array, StartupEvent][] = [
  ['SSLRequest', SSL, { type: 'ssl-request' }],
  ['GSSENCRequest', GSSENC, { type: 'gssenc-request' }],
  [
    'CancelRequest of 3.0',
    cancelRequest({ processId: -7, secretKey: Uint8Array.of(1, 2, 3, 255) }),
    { type: 'cancel', processId: -7, secretKey: Uint8Array.of(1, 2, 3, 255) },
  ],
  [
    'CancelRequest of 3.2',
    cancelRequest({ processId: 7, secretKey: new Uint8Array(256).fill(5) }),
    { type: 'cancel', processId: 7, secretKey: new Uint8Array(256).fill(5) },
  ],
  [
    'StartupMessage 3.0',
    encodeStartup(PARAMETERS),
    { type: 'startup', version: { major: 3, minor: 0 }, parameters: new Map(PARAMETERS) },
  ],
  [
    'StartupMessage 3.2',
    encodeStartup(PARAMETERS, PROTOCOL_3_2),
    { type: 'startup', version: PROTOCOL_3_2, parameters: new Map(PARAMETERS) },
  ],
];

describe('the startup reader', () => {
  it.each(PACKETS)('reads %s however it is split, and leaves the rest', (_name, bytes, event) => {
    for (const chunks of splits(join(bytes, REST))) {
      expect(readFirst(chunks)).toEqual({ event, rest: [...REST] });
    }
  });

  it('says nothing while a packet is incomplete', () => {
    for (const [, bytes] of PACKETS) expect(firstEvent(bytes.slice(0, -1))).toBeUndefined();
  });

  it('reads several packets of one segment one by one', () => {
    const reader = new StartupReader();
    const [, , event] = PACKETS[4]!;
    const gssenc = reader.feed(join(GSSENC, SSL, encodeStartup(PARAMETERS), REST));
    expect(gssenc.event).toEqual({ type: 'gssenc-request' });
    const ssl = reader.feed(gssenc.rest);
    expect(ssl.event).toEqual({ type: 'ssl-request' });
    const last = reader.feed(ssl.rest);
    expect(last).toEqual({ event, rest: REST });
  });

  it('shows plaintext that follows an SSLRequest, for the relay to refuse', () => {
    expect(new StartupReader().feed(join(SSL, REST)).rest).toEqual(REST);
    expect(new StartupReader().feed(SSL).rest.length).toBe(0);
  });

  it('keeps bytes of its own: the chunk may be written to afterwards', () => {
    const bytes = cancelRequest({ processId: 1, secretKey: Uint8Array.of(1, 2, 3, 4) });
    const event = firstEvent(bytes);
    bytes.fill(0);
    expect(event).toMatchObject({ secretKey: Uint8Array.of(1, 2, 3, 4) });
  });

  it('takes the last of parameters that repeat', () => {
    const event = firstEvent(startup('user\0a\0user\0b\0\0'));
    expect(event).toMatchObject({ parameters: new Map([['user', 'b']]) });
  });

  it('keeps a byte-order mark, and replaces what is not UTF-8', () => {
    const writer = new MessageWriter().begin().int32(196_608).cstring('user');
    const bytes = writer
      .bytes(Uint8Array.of(0xef, 0xbb, 0xbf, 0xff, 0, 0))
      .end()
      .take();
    expect(firstEvent(bytes)).toMatchObject({ parameters: new Map([['user', '\ufeff\ufffd']]) });
  });

  it('reads no parameters of another major version', () => {
    const bytes = request(2 * 65_536, ...new Uint8Array(288));
    const version = { major: 2, minor: 0 };
    expect(firstEvent(bytes)).toEqual({ type: 'startup', version, parameters: new Map() });
  });
});

describe('a fault', () => {
  it.each([0, 1, 2, 3, 4, 7, MAX_STARTUP_BYTES + 5, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1])(
    'is a length of %d, as soon as it is there',
    (length) => {
      const word = lengthWord(length);
      expect(faultCode(word)).toBe('startup-length');
      for (const chunks of splits(word)) {
        expect(readFirst(chunks).event).toMatchObject({ type: 'fault', code: 'startup-length' });
      }
    },
  );

  it('is not the longest packet there may be', () => {
    const value = 'x'.repeat(MAX_STARTUP_BYTES - 4 - 'user\0\0\0'.length);
    expect(firstEvent(startup(`user\0${value}\0\0`))).toMatchObject({ type: 'startup' });
    expect(faultCode(startup(`user\0${value}x\0\0`))).toBe('startup-length');
  });

  it('is HTTP, at its fourth byte', () => {
    expect(faultCode(new TextEncoder().encode('GET '))).toBe('startup-length');
  });

  it.each([
    '',
    'user',
    'user\0',
    'user\0x',
    'user\0x\0',
    'user\0x\0database\0\0',
    '\0x',
    'user\0x\0\0\0',
  ])('is the layout %j', (body) => expect(faultCode(startup(body))).toBe('startup-layout'));

  it.each([
    ['no key', 0],
    ['a key of 257 bytes', 257],
  ])('is a CancelRequest with %s', (_name, length) => {
    const bytes = cancelRequest({ processId: 1, secretKey: new Uint8Array(length) });
    expect(faultCode(bytes)).toBe('cancel-length');
  });

  it('is a CancelRequest that ends within the process id', () => {
    expect(faultCode(request(REQUEST_CODES.cancel, 0, 0))).toBe('cancel-length');
  });

  it('is a second SSLRequest or GSSENCRequest', () => {
    for (const packet of [SSL, GSSENC]) {
      const reader = new StartupReader();
      reader.feed(packet);
      expect(reader.feed(packet).event).toMatchObject({ code: 'encryption-requested-again' });
    }
  });

  it('is an SSLRequest inside TLS', () => {
    const { event } = new StartupReader({ encrypted: true }).feed(SSL);
    expect(event).toMatchObject({ code: 'encryption-requested-again' });
  });

  it('is an SSLRequest with a body', () => {
    expect(faultCode(request(REQUEST_CODES.ssl, 0))).toBe('startup-length');
  });

  it('ends the reader, as a startup packet does', () => {
    for (const bytes of [lengthWord(0), encodeStartup(PARAMETERS)]) {
      const reader = new StartupReader();
      reader.feed(bytes);
      expect(() => reader.feed(REST)).toThrow();
    }
  });
});

describe('encodeStartup', () => {
  it.each([[['', 'x']], [['user\0database', 'x']], [['user', 'x\0database']]] as const)(
    'refuses %j: it would smuggle in a parameter',
    (...parameters) => {
      expect(() => encodeStartup(parameters)).toThrow(RangeError);
    },
  );

  it('keeps an empty value', () => {
    const event = firstEvent(encodeStartup([['options', '']]));
    expect(event).toMatchObject({ parameters: new Map([['options', '']]) });
  });
});

it('the first byte tells TLS, Postgres and others apart', () => {
  expect(firstByteKind(0x16)).toBe('tls');
  expect(firstByteKind(0)).toBe('postgres');
  for (const other of [1, 0x15, 0x17, 'G'.charCodeAt(0), 0x80, 0xff]) {
    expect(firstByteKind(other)).toBe('other');
  }
});
