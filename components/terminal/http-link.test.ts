import { expect, test } from 'vitest';
import { httpLink } from './http-link';

test.each([
  ['https://www.postgresql.org/docs/', 'https://www.postgresql.org/docs/'],
  ['http://127.0.0.1:3000/a?b#c', 'http://127.0.0.1:3000/a?b#c'],
  ['HTTPS://EXAMPLE.COM', 'https://example.com/'],
])('%s may be followed', (text, href) => {
  expect(httpLink(text)).toBe(href);
});

test.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'blob:http://127.0.0.1/x',
  'ftp://example.com',
  '//example.com',
  '/p/abcdefghijkl',
  '',
])('%j may not', (text) => {
  expect(httpLink(text)).toBeUndefined();
});
