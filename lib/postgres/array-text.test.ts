import { expect, test } from 'vitest';
import { parseArrayText } from './array-text';

test('elements, NULL and quoted texts', () => {
  expect(parseArrayText('{1,NULL,"NULL","a,b","say \\"x\\" \\\\","",{}}')?.items).toEqual([
    '1',
    null,
    'NULL',
    'a,b',
    'say "x" \\',
    '',
    { first: 1, items: [] },
  ]);
});

test('dimensions keep their first numbers', () => {
  expect(parseArrayText('[0:1][-3:-2]={{1,2},{3,4}}')).toEqual({
    first: 0,
    items: [
      { first: -3, items: ['1', '2'] },
      { first: -3, items: ['3', '4'] },
    ],
  });
});

test('boxes are parted by semicolons', () => {
  expect(parseArrayText('{(1,1),(0,0);(2,2),(0,0)}', ';')?.items).toEqual([
    '(1,1),(0,0)',
    '(2,2),(0,0)',
  ]);
});

test.each([
  '',
  '1',
  '{',
  '{1',
  '{1}x',
  '{,}',
  '{1,}',
  '{"a}',
  `${'{'.repeat(50_000)}`,
  '{a\\',
  '[1:2={1}',
])('%s is no array', (text) => expect(parseArrayText(text)).toBeUndefined());
