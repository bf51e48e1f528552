import { builtinModules } from 'node:module';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/** One place where a file names another module. Types count: who knows a room's types depends on the room. */
export interface Import {
  readonly file: string;
  readonly line: number;
  readonly target: Target;
}

/** What is imported: a file of the house (its path without extension will do), a package, or Node itself. */
export type Target =
  | { readonly kind: 'house'; readonly path: string }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'node'; readonly name: string };

const BUILTIN = new Set(builtinModules);

/**
 * Lists everything a file imports: statements, re-exports, `import()`, `import('…').T` and Worker URLs.
 * @param file path from the repository's root, with forward slashes
 * @throws SyntaxError when the file cannot be parsed
 */
export function readImports(file: string, source: string): Import[] {
  const { program, errors } = parseSync(file, source);
  if (errors[0]) throw new SyntaxError(`${file}: ${errors[0].message}`);
  const found: Import[] = [];
  const add = (node: { readonly start: number; readonly value: string }): void => {
    const line = source.slice(0, node.start).split('\n').length;
    found.push({ file, line, target: resolve(file, node.value) });
  };
  new Visitor({
    ImportDeclaration: ({ source }) => add(source),
    ExportAllDeclaration: ({ source }) => add(source),
    ExportNamedDeclaration: ({ source }) => {
      if (source) add(source);
    },
    TSImportType: ({ source }) => add(source),
    ImportExpression: ({ source }) => {
      if (isText(source)) add(source);
    },
    NewExpression: ({ callee, arguments: [url, base] }) => {
      // `new URL('./worker.ts', import.meta.url)` is how bundlers are told of another entry.
      if (callee.type !== 'Identifier' || callee.name !== 'URL' || !url || !base) return;
      const isOfModule = base.type === 'MemberExpression' && base.object.type === 'MetaProperty';
      if (isOfModule && isText(url) && /\.[cm]?[jt]sx?$/.test(url.value)) add(url);
    },
  }).visit(program);
  return found;
}

function isText(node: {
  readonly type: string;
  readonly start: number;
  readonly value?: unknown;
}): node is { readonly type: 'Literal'; readonly start: number; readonly value: string } {
  return node.type === 'Literal' && typeof node.value === 'string';
}

function resolve(file: string, specifier: string): Target {
  if (specifier.startsWith('.')) {
    return { kind: 'house', path: path.posix.join(path.posix.dirname(file), specifier) };
  }
  if (specifier.startsWith('@/')) return { kind: 'house', path: specifier.slice(2) };
  if (specifier.startsWith('node:') || BUILTIN.has(specifier)) {
    return { kind: 'node', name: specifier };
  }
  const words = specifier.split('/');
  return { kind: 'package', name: words.slice(0, specifier.startsWith('@') ? 2 : 1).join('/') };
}
