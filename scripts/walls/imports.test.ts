import { expect, test } from 'vitest';
import { readImports } from './imports';

const FILE = 'lib/machine/worker.ts';

function targets(source: string): unknown[] {
  return readImports(FILE, source).map(({ line, target }) => [line, target]);
}

test.each([
  ['a statement', `import { Link } from '../mux/link';`],
  ['an import for its effect', `import '../mux/link';`],
  ['a type import', `import type { Link } from '../mux/link';`],
  ['a re-export', `export { Link } from '../mux/link';`],
  ['a re-export of everything', `export * from '../mux/link';`],
  ['a dynamic import', `const mux = await import('../mux/link');`],
  ['a type in passing', `let link: import('../mux/link').Link;`],
  ['a path from the root', `import { Link } from '@/lib/mux/link';`],
])('%s counts', (_, source) => {
  expect(targets(`// first\n${source}`)).toEqual([[2, { kind: 'house', path: 'lib/mux/link' }]]);
});

test('the URL of another entry counts, the URL of a file that is no module does not', () => {
  const source = `
    new Worker(new URL('../../relay/worker.ts', import.meta.url));
    new URL('./v86.wasm', import.meta.url);
    new URL('/p/x.ts', location.href);
  `;
  expect(targets(source)).toEqual([[2, { kind: 'house', path: 'relay/worker.ts' }]]);
});

test('packages are named without what is inside them; builtin modules are told apart', () => {
  const source = `import 'next/server';
import '@prisma/client/runtime';
import fs from 'fs';
import { z } from 'node:zlib';`;
  expect(targets(source)).toEqual([
    [1, { kind: 'package', name: 'next' }],
    [2, { kind: 'package', name: '@prisma/client' }],
    [3, { kind: 'node', name: 'fs' }],
    [4, { kind: 'node', name: 'node:zlib' }],
  ]);
});

test('words in comments and texts are no imports', () => {
  expect(targets(`// import '../mux/link';\nconst text = "import '../mux/link'";`)).toEqual([]);
});

test('a file that cannot be parsed is named', () => {
  expect(() => readImports(FILE, 'import {')).toThrow(FILE);
});
