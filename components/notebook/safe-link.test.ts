import { expect, test } from 'vitest';
import { safeLink } from './safe-link';

test('web addresses, mail and places of the page may be followed', () => {
  for (const href of [
    'https://www.postgresql.org/docs/',
    'http://127.0.0.1:1',
    'mailto:a@b.c',
    '#top',
  ]) {
    expect(safeLink(href)).toBe(href);
  }
});

test('what runs, reads files or leads into this site leads nowhere', () => {
  const hostile = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:http://x/1',
    '//evil.example/',
    '/api/playgrounds',
    '',
    'http://',
  ];
  for (const href of hostile) expect(safeLink(href), href).toBe('');
});
