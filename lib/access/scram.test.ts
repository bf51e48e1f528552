import { describe, expect, it } from 'vitest';
import { scramHello, scramProof, scramServerProven } from './scram-client';
import { type Bytes, fromBase64, utf8 } from './scram-crypto';
import { type ScramRefusal, scramFinal, scramFirst } from './scram-server';
import { createVerifier, mockVerifier, parseVerifier, verifySecret } from './scram-verifier';

/** RFC 7677, section 3. */
const RFC = {
  user: 'user',
  password: 'pencil',
  clientNonce: 'rOprNGfwEbeRWgbNEkqO',
  serverNonce: '%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0',
  salt: 'W22ZaJ0SNY7soEsUEjb6gQ==',
  clientFirst: 'n,,n=user,r=rOprNGfwEbeRWgbNEkqO',
  serverFirst:
    'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
  clientFinal:
    'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,' +
    'p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
  serverFinal: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
};

function bytes(base64: string): Bytes {
  const decoded = fromBase64(base64);
  if (!decoded) throw new Error('not base64');
  return decoded;
}

async function verifierOf(secret: string) {
  const verifier = parseVerifier(await createVerifier(secret));
  if (!verifier) throw new Error('no verifier');
  return verifier;
}

async function rfcVerifier() {
  const verifier = parseVerifier(await createVerifier(RFC.password, { salt: bytes(RFC.salt) }));
  if (!verifier) throw new Error('no verifier');
  return verifier;
}

/** A whole exchange between our two sides. */
async function exchange(verifierSecret: string, clientSecret: string) {
  const hello = scramHello();
  const first = scramFirst(await verifierOf(verifierSecret), hello.clientFirst);
  if (!first.ok) return first;
  const proof = await scramProof(hello, first.exchange.serverFirst, clientSecret);
  if (!proof) throw new Error('no proof');
  const final = await scramFinal(first.exchange, proof.clientFinal);
  return final.ok ? { ...final, proven: scramServerProven(proof, final.serverFinal) } : final;
}

describe('SCRAM-SHA-256', () => {
  it('gives the messages of RFC 7677 on the server', async () => {
    const first = scramFirst(await rfcVerifier(), RFC.clientFirst, RFC.serverNonce);
    if (!first.ok) throw new Error(first.message);
    expect(first.exchange.serverFirst).toBe(RFC.serverFirst);
    expect(await scramFinal(first.exchange, RFC.clientFinal)).toEqual({
      ok: true,
      serverFinal: RFC.serverFinal,
    });
  });

  it('gives the messages of RFC 7677 on the client', async () => {
    const hello = scramHello(RFC.user, RFC.clientNonce);
    expect(hello.clientFirst).toBe(RFC.clientFirst);
    const proof = await scramProof(hello, RFC.serverFirst, RFC.password);
    if (!proof) throw new Error('no proof');
    expect(proof.clientFinal).toBe(RFC.clientFinal);
    expect(scramServerProven(proof, RFC.serverFinal)).toBe(true);
    expect(scramServerProven(proof, RFC.serverFinal.replace('v=6', 'v=7'))).toBe(false);
    expect(scramServerProven(proof, 'e=other-error')).toBe(false);
  });

  it('joins our client and our server, with the right secret only', async () => {
    expect(await exchange('secret', 'secret')).toMatchObject({ ok: true, proven: true });
    expect(await exchange('secret', 'Secret')).toMatchObject({ ok: false, code: 'wrong-secret' });
    expect(await exchange('secret', '')).toMatchObject({ ok: false, code: 'wrong-secret' });
  });
});

describe('the server', () => {
  it.each<[string, ScramRefusal['code']]>([
    ['p=tls-server-end-point,,n=,r=abc', 'channel-binding'],
    ['n,a=somebody,n=,r=abc', 'authorization-identity'],
    ['n,,m=ext,n=,r=abc', 'unknown-extension'],
    ['n,,n=,r=', 'malformed'],
    ['n,,n=,r=a b', 'malformed'],
    ['n,,n=', 'malformed'],
    ['n,,r=abc', 'malformed'],
    ['x,,n=,r=abc', 'malformed'],
    ['n=,r=abc', 'malformed'],
    ['', 'malformed'],
  ])('refuses the first message %j with %s', async (message, code) => {
    expect(scramFirst(await rfcVerifier(), message)).toMatchObject({ ok: false, code });
  });

  it('takes "y": a client that could bind but was not offered it', async () => {
    const hello = scramHello('', 'nonce');
    const first = scramFirst(await verifierOf('secret'), hello.clientFirst.replace('n,,', 'y,,'));
    if (!first.ok) throw new Error(first.message);
    const proof = await scramProof(hello, first.exchange.serverFirst, 'secret');
    const honest = await scramFinal(first.exchange, proof?.clientFinal ?? '');
    // The client above says "n,," in its final message: someone changed one of the two.
    expect(honest).toMatchObject({ ok: false, code: 'channel-binding' });
  });

  it.each<[string, (final: string) => string, ScramRefusal['code']]>([
    ['another binding', (final) => final.replace('c=biws', 'c=eSws'), 'channel-binding'],
    ['another nonce', (final) => final.replace('r=rOpr', 'r=xOpr'), 'nonce'],
    ['a short nonce', (final) => final.replace('$k0,', '$k,'), 'nonce'],
    ['a proof of 31 bytes', (final) => final.replace(/p=.*/, 'p=AAAA'), 'malformed'],
    ['no proof', (final) => final.replace(/,p=.*/, ''), 'malformed'],
    ['a wrong proof', (final) => final.replace('p=dH', 'p=eH'), 'wrong-secret'],
    ['nothing', () => '', 'malformed'],
  ])('refuses a final message with %s', async (_name, change, code) => {
    const first = scramFirst(await rfcVerifier(), RFC.clientFirst, RFC.serverNonce);
    if (!first.ok) throw new Error(first.message);
    const final = await scramFinal(first.exchange, change(RFC.clientFinal));
    expect(final).toMatchObject({ ok: false, code });
  });

  it('takes an extension in the final message, which then is part of what is signed', async () => {
    const first = scramFirst(await rfcVerifier(), RFC.clientFirst, RFC.serverNonce);
    if (!first.ok) throw new Error(first.message);
    const changed = RFC.clientFinal.replace(',p=', ',x=ext,p=');
    expect(await scramFinal(first.exchange, changed)).toMatchObject({ code: 'wrong-secret' });
  });

  it('chooses a fresh nonce each time', async () => {
    const verifier = await rfcVerifier();
    const nonces = Array.from({ length: 100 }, () => {
      const first = scramFirst(verifier, RFC.clientFirst);
      return first.ok ? first.exchange.nonce : '';
    });
    expect(new Set(nonces).size).toBe(100);
    expect(nonces.every((nonce) => nonce.startsWith(RFC.clientNonce))).toBe(true);
  });
});

describe('the client', () => {
  it.each([
    ['a nonce that is not ours', 'r=other,s=AAAA,i=4096'],
    ['a nonce that adds nothing', `r=${RFC.clientNonce},s=AAAA,i=4096`],
    ['no iterations', `r=${RFC.clientNonce}x,s=AAAA,i=0`],
    ['a day of iterations', `r=${RFC.clientNonce}x,s=AAAA,i=9999999`],
    ['a salt that is not base64', `r=${RFC.clientNonce}x,s=!!,i=4096`],
    ['nothing', ''],
  ])('refuses a challenge with %s', async (_name, serverFirst) => {
    expect(await scramProof(scramHello('', RFC.clientNonce), serverFirst, 'x')).toBeUndefined();
  });

  it('escapes commas and equals signs in a name', () => {
    expect(scramHello('a,b=c', 'n').clientFirst).toBe('n,,n=a=2Cb=3Dc,r=n');
  });
});

describe('a verifier', () => {
  it('has the text form PostgreSQL keeps in pg_authid', async () => {
    const text = await createVerifier('secret');
    expect(text).toMatch(
      /^SCRAM-SHA-256\$4096:[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$/,
    );
    expect(await createVerifier('secret')).not.toBe(text);
  });

  it('checks a secret', async () => {
    const text = await createVerifier('secret');
    expect(await verifySecret(text, 'secret')).toBe(true);
    expect(await verifySecret(text, 'secrets')).toBe(false);
    expect(await verifySecret(text, '')).toBe(false);
    expect(await verifySecret('damaged', 'secret')).toBe(false);
  });

  it('is not read when it is damaged', async () => {
    const text = await createVerifier('secret');
    const damaged = [
      '',
      text.replace('SHA-256', 'SHA-1'),
      text.replace('$4096:', '$0:'),
      text.replace('$4096:', '$9999999:'),
      text.replace(/:[^:]*$/, ''),
      text.slice(0, -4),
      `${text}=`,
      text.replace(/\$[^$]*$/, '$AAAA:AAAA'),
    ];
    for (const each of damaged) expect(parseVerifier(each)).toBeUndefined();
  });

  it('that is a mock has a salt of its user, and accepts nothing', async () => {
    const key = utf8('0123456789abcdef');
    const mock = await mockVerifier(key, 'nobody');
    const again = await mockVerifier(key, 'nobody');
    expect(again.salt).toEqual(mock.salt);
    expect((await mockVerifier(key, 'somebody')).salt).not.toEqual(mock.salt);
    expect((await mockVerifier(utf8('another key here'), 'nobody')).salt).not.toEqual(mock.salt);
    expect(mock.salt.length).toBe(16);
    const hello = scramHello();
    const first = scramFirst(mock, hello.clientFirst);
    if (!first.ok) throw new Error(first.message);
    const proof = await scramProof(hello, first.exchange.serverFirst, 'secret');
    const final = await scramFinal(first.exchange, proof?.clientFinal ?? '');
    expect(final).toMatchObject({ ok: false, code: 'wrong-secret' });
  });
});
