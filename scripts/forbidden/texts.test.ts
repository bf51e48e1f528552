import { expect, test } from 'vitest';
import { findForbidden, forbiddenTexts } from './texts';

/** In pieces, so that this file passes the check it tests. */
const UNWANTED = [
  ['registry', 'npmjs', 'org'].join('.'),
  ['cdn', 'jsdelivr', 'net'].join('.'),
  ['fonts', 'googleapis', 'com'].join('.'),
  ['deb', 'debian', 'org'].join('.'),
  `// ${'TO'}${'DO'}: later`,
  `-----BEGIN EC ${'PRIVATE'} KEY-----`,
  `npm_${'a1'.repeat(18)}`,
];

function faults(text: string, registry?: string): string[] {
  return findForbidden('docs/x.md', text, forbiddenTexts(registry));
}

test.each(UNWANTED)('%s is found, with its place', (unwanted) => {
  expect(faults(`fine\nhere: ${unwanted} and on`)).toEqual([
    expect.stringMatching(/^docs\/x\.md:2 holds /),
  ]);
});

test("this machine's own registry is found, letter by letter", () => {
  expect(faults('from mirror.example:4873', 'mirror.example:4873')).toHaveLength(1);
  expect(faults('from mirrorXexample:4873', 'mirror.example:4873')).toEqual([]);
});

test('addresses of documents and words in words are nobody’s fault', () => {
  expect(faults('see https://www.postgresql.org and the TODOS of a HACKATHON')).toEqual([]);
});
