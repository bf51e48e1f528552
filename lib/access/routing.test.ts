import { describe, expect, it } from 'vitest';
import { parseRoute, type RouteHints } from './routing';

const ID = 'abcdefghijkl';
const OTHER = 'zyxwvutsrqpo';
const LINK = 'linklink';
const FOUND = { ok: true, playground: ID, link: LINK };

function route(hints: Partial<RouteHints>) {
  return parseRoute({ user: LINK, baseDomain: 'warren.example', ...hints });
}

function refusal(hints: Partial<RouteHints>) {
  const found = route(hints);
  return found.ok ? 'none' : found.code;
}

describe('the playground', () => {
  it('is found by the user name', () => {
    expect(route({ user: `${LINK}.${ID}` })).toEqual(FOUND);
  });

  it.each([`${ID}.db.warren.example`, `${ID.toUpperCase()}.DB.Warren.Example.`])(
    'is found by the server name %s',
    (sni) => expect(route({ sni })).toEqual(FOUND),
  );

  it.each([
    `-c warren.playground=${ID}`,
    `-cwarren.playground=${ID}`,
    `--warren.playground=${ID}`,
    `-c  Warren.Playground=${ID}`,
    `-c work_mem=4MB -c warren.playground=${ID} -c search_path=a\\ b`,
    `-c warren.playground=${OTHER} -c warren.playground=${ID}`,
    `-c warren.playground=\\a${ID.slice(1)}`,
  ])('is found by the options %s', (options) => expect(route({ options })).toEqual(FOUND));

  it('may be named three times when all agree', () => {
    const hints = {
      sni: `${ID}.db.warren.example`,
      user: `${LINK}.${ID}`,
      options: `-c warren.playground=${ID}`,
    };
    expect(route(hints)).toEqual(FOUND);
  });

  it.each<Partial<RouteHints>>([
    { sni: `${OTHER}.db.warren.example`, user: `${LINK}.${ID}` },
    { options: `-c warren.playground=${OTHER}`, user: `${LINK}.${ID}` },
    { sni: `${OTHER}.db.warren.example`, options: `-c warren.playground=${ID}` },
  ])('is refused when two disagree: %j', (hints) => {
    expect(refusal(hints)).toBe('playground-disagrees');
  });

  it.each<Partial<RouteHints>>([
    {},
    { options: '' },
    { options: '-c work_mem=4MB' },
    { options: `warren.playground=${ID}` },
    { options: '-c' },
  ])('is missing when nothing names it: %j', (hints) => {
    expect(refusal(hints)).toBe('playground-missing');
  });
});

describe('the server name', () => {
  it.each(['warren.example', 'db.warren.example', 'localhost', 'pg.other.example'])(
    'says nothing when it is ours: %s',
    (sni) => {
      const hints = { sni, user: `${LINK}.${ID}`, ownNames: ['PG.other.example'] };
      expect(route(hints)).toEqual(FOUND);
    },
  );

  it.each(['evil.example', `${ID}.warren.example`, `${ID}.db.warren.example.evil.example`])(
    'is refused when it is foreign: %s',
    (sni) => expect(refusal({ sni, user: `${LINK}.${ID}` })).toBe('sni-foreign'),
  );

  it.each(['x.db.warren.example', `a.${ID}.db.warren.example`, '.db.warren.example'])(
    'is refused when its first label is no id: %s',
    (sni) => expect(refusal({ sni, user: `${LINK}.${ID}` })).toBe('sni-malformed'),
  );

  it('is not looked at without a domain', () => {
    const hints = { sni: 'anything.example', user: `${LINK}.${ID}`, baseDomain: undefined };
    expect(route(hints)).toEqual(FOUND);
  });
});

describe('the user name', () => {
  it.each([undefined, ''])('is needed: %j', (user) => {
    expect(refusal({ user })).toBe('user-missing');
  });

  it.each(['root', `${LINK}.`, `.${ID}`, `${LINK}.${ID}.x`, `${LINK}.${ID.toUpperCase()}`])(
    'must have the form: %s',
    (user) => expect(refusal({ user })).toBe('user-malformed'),
  );

  it('is not repeated in the refusal', () => {
    const found = route({ user: 'secret-looking' });
    expect(JSON.stringify(found)).not.toContain('secret-looking');
  });
});

it('refuses options that name no id', () => {
  expect(refusal({ options: '-c warren.playground=nope' })).toBe('options-malformed');
  expect(refusal({ options: '-c warren.playground=' })).toBe('options-malformed');
});
