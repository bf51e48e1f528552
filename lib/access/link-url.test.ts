import { describe, expect, it } from 'vitest';
import { newLinkId, newPlaygroundId, newSecret } from './ids';
import { linkUrl, parseLinkProof, parseLinkUrl } from './link-url';

const PARTS = { playground: 'abcdefghijkl', link: 'linklink', secret: 'A'.repeat(22) };

describe('link URLs', () => {
  it('carry the secret in the fragment only', () => {
    const url = linkUrl('https://warren.example/', PARTS);
    expect(url).toBe(`https://warren.example/p/abcdefghijkl#linklink.${'A'.repeat(22)}`);
    const { pathname, search } = new URL(url);
    expect(pathname + search).not.toContain(PARTS.secret);
  });

  it('read back what they were made of', () => {
    for (let i = 0; i < 500; i++) {
      const parts = { playground: newPlaygroundId(), link: newLinkId(), secret: newSecret() };
      expect(parseLinkUrl(linkUrl('http://127.0.0.1:3000', parts))).toEqual(parts);
    }
  });

  it('are read under a path of the server too', () => {
    expect(parseLinkUrl(linkUrl('https://example.org/warren', PARTS))).toEqual(PARTS);
  });

  it.each([
    'not a url',
    'https://warren.example/p/abcdefghijkl',
    'https://warren.example/p/abcdefghijkl#linklink',
    `https://warren.example/p/ABCDEFGHIJKL#linklink.${'A'.repeat(22)}`,
    `https://warren.example/p/abcdefghijkl?linklink.${'A'.repeat(22)}`,
    `https://warren.example/p/abcdefghijkl#linklink.${'A'.repeat(21)}`,
    `https://warren.example/#linklink.${'A'.repeat(22)}`,
  ])('refuse %s', (url) => expect(parseLinkUrl(url)).toBeUndefined());

  it.each(['', '.', 'linklink.', `.${'A'.repeat(22)}`, `linklink.${'A'.repeat(22)}.x`])(
    'refuse the proof %j',
    (proof) => expect(parseLinkProof(proof)).toBeUndefined(),
  );
});
