import type { VisibleNode } from './tree-model';

/** What a key does in a tree. */
export type TreeMove =
  | { readonly kind: 'go'; readonly to: number }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'insert' }
  | { readonly kind: 'preview' }
  | { readonly kind: 'copy' }
  | { readonly kind: 'none' };

interface Keys {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const NONE: TreeMove = { kind: 'none' };

/** The keys of the tree pattern: arrows, Home, End, Enter, and letters that jump to a name. */
export function treeMove(lines: readonly VisibleNode[], active: number, keys: Keys): TreeMove {
  const line = lines[active];
  if (!line || keys.altKey) return NONE;
  if (keys.ctrlKey || keys.metaKey) return keys.key === 'c' ? { kind: 'copy' } : NONE;
  const go = (to: number): TreeMove => ({
    kind: 'go',
    to: Math.max(0, Math.min(lines.length - 1, to)),
  });
  const opens = line.node.children.length > 0;
  switch (keys.key) {
    case 'ArrowDown':
      return go(active + 1);
    case 'ArrowUp':
      return go(active - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(lines.length - 1);
    case 'ArrowRight':
      if (!opens) return NONE;
      return line.expanded ? go(active + 1) : { kind: 'toggle' };
    case 'ArrowLeft':
      if (line.expanded) return { kind: 'toggle' };
      return line.parent === undefined
        ? NONE
        : go(lines.findIndex(({ node }) => node.id === line.parent));
    case ' ':
      return opens ? { kind: 'toggle' } : NONE;
    case 'Enter':
      if (keys.shiftKey) return line.node.preview === undefined ? NONE : { kind: 'preview' };
      return line.node.insert === undefined ? { kind: 'toggle' } : { kind: 'insert' };
    default:
      return keys.key.length === 1 ? jump(lines, active, keys.key.toLowerCase()) : NONE;
  }
}

function jump(lines: readonly VisibleNode[], active: number, letter: string): TreeMove {
  for (let step = 1; step <= lines.length; step++) {
    const to = (active + step) % lines.length;
    if (lines[to]?.node.name.toLowerCase().startsWith(letter)) return { kind: 'go', to };
  }
  return NONE;
}
