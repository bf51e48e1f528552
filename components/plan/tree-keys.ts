import type { NodeView } from './node-view';

/** What a key does in the tree, as the tree pattern of WAI-ARIA has it. */
export type TreeDeed =
  | { readonly kind: 'go'; readonly to: string }
  | { readonly kind: 'open'; readonly node: string }
  | { readonly kind: 'close'; readonly node: string };

/** The nodes in sight: those below a closed one are not. */
export function shownNodes(nodes: readonly NodeView[], closed: ReadonlySet<string>): NodeView[] {
  const hidden = new Set<string>();
  return nodes.filter(({ id, parent }) => {
    const isHidden = parent !== undefined && (hidden.has(parent) || closed.has(parent));
    if (isHidden) hidden.add(id);
    return !isHidden;
  });
}

/** Undefined when the key is not the tree's. */
export function treeDeed(
  key: string,
  current: string,
  shown: readonly NodeView[],
  closed: ReadonlySet<string>,
): TreeDeed | undefined {
  const index = shown.findIndex(({ id }) => id === current);
  const view = shown[index];
  if (!view) return undefined;
  const go = (to: NodeView | undefined): TreeDeed | undefined => to && { kind: 'go', to: to.id };
  const isParent = view.node.children.length > 0;
  switch (key) {
    case 'ArrowDown':
      return go(shown[index + 1] ?? view);
    case 'ArrowUp':
      return go(shown[index - 1] ?? view);
    case 'Home':
      return go(shown[0]);
    case 'End':
      return go(shown.at(-1));
    case 'ArrowRight':
      if (!isParent) return go(view);
      return closed.has(current) ? { kind: 'open', node: current } : go(shown[index + 1]);
    case 'ArrowLeft':
      if (isParent && !closed.has(current)) return { kind: 'close', node: current };
      return go(shown.find(({ id }) => id === view.parent) ?? view);
    default:
      return undefined;
  }
}
