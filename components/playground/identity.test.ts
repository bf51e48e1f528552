import { expect, test } from 'vitest';
import type { OwnedPlayground } from '../playgrounds/codec';
import { identify } from './identity';

const playground = 'abcdefghijkl';
const secret = `${'s'.repeat(21)}A`;
const owned: OwnedPlayground = {
  id: playground,
  name: '',
  createdAt: 0,
  openedAt: 0,
  owner: { id: 'ownerlnk', secret },
  shared: {},
};

test('the browser that made it owns it', () => {
  expect(identify(playground, '', owned)).toEqual({
    kind: 'owner',
    credentials: { playground, link: 'ownerlnk', secret },
  });
});

test('a link in the address decides, even for the owner', () => {
  const guest = { kind: 'guest', credentials: { playground, link: 'editlink', secret } };
  expect(identify(playground, `#editlink.${secret}`, undefined)).toMatchObject(guest);
  expect(identify(playground, `#editlink.${secret}`, owned)).toMatchObject({
    ...guest,
    couldOwn: true,
  });
});

test('no link and a cut link are told apart', () => {
  expect(identify(playground, '', undefined)).toMatchObject({ why: 'no-link' });
  expect(identify(playground, '#editlink.tooshort', undefined)).toMatchObject({
    why: 'broken-link',
  });
});
