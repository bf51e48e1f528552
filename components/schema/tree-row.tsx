import type { CSSProperties } from 'react';
import { NodeIcon } from './node-icon';
import type { VisibleNode } from './tree-model';

/** What somebody can do with a line. */
export interface RowActions {
  onActivate: () => void;
  onToggle: () => void;
  onInsert: () => void;
  onPreview: () => void;
  onCopy: () => void;
  onDiagram: () => void;
}

interface TreeRowProps extends RowActions {
  id: string;
  line: VisibleNode;
  active: boolean;
  style: CSSProperties;
}

const ACTION = 'rounded-sm px-1.5 text-xs text-muted hover:bg-raised hover:text-ink';

/** One line of the tree. The tree holds the focus; the buttons of its active line come next in the order of Tab. */
export function TreeRow({ id, line, active, style, ...actions }: TreeRowProps) {
  const { node, level, expanded, position, siblings } = line;
  const opens = node.children.length > 0;
  const tabIndex = active ? 0 : -1;
  const shown = active ? 'flex' : 'hidden group-hover:flex';
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree names its active line by aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
    <div
      id={id}
      role="treeitem"
      aria-level={level}
      aria-setsize={siblings}
      aria-posinset={position}
      aria-expanded={opens ? expanded : undefined}
      aria-selected={active}
      title={node.comment}
      onClick={() => {
        actions.onActivate();
        if (opens) actions.onToggle();
      }}
      style={{ ...style, paddingLeft: `${level * 0.875 - 0.5}rem` }}
      className={`group absolute inset-x-0 flex items-center gap-1.5 rounded-sm pr-1 text-[13px] ${opens ? 'cursor-pointer' : ''} ${active ? 'bg-accent-soft' : 'hover:bg-sunken'}`}
    >
      <span aria-hidden="true" className="w-3 shrink-0 text-center text-[10px] text-muted">
        {opens && (expanded ? '▾' : '▸')}
      </span>
      <NodeIcon kind={node.kind} />
      {node.kind !== 'folder' && <span className="sr-only">{node.kind}</span>}
      {node.insert === undefined ? (
        <span className="truncate">{node.name}</span>
      ) : (
        <button
          type="button"
          tabIndex={tabIndex}
          title={`Write ${node.insert} into the cell`}
          onClick={(event) => {
            event.stopPropagation();
            actions.onActivate();
            actions.onInsert();
          }}
          className="min-w-0 truncate rounded-sm text-left font-mono hover:underline"
        >
          {node.name}
        </button>
      )}
      {node.badges.map(({ text, meaning }) => (
        <span
          key={text + meaning}
          title={meaning}
          className="shrink-0 rounded-sm border border-line px-1 text-[10px] text-muted"
        >
          <span aria-hidden="true">{text}</span>
          <span className="sr-only">{meaning}</span>
        </span>
      ))}
      <span className="ml-auto truncate pl-2 text-muted text-xs tabular-nums group-hover:hidden">
        {!active && node.detail}
      </span>
      {node.insert !== undefined && (
        // biome-ignore lint/a11y/noStaticElementInteractions: keeps a press of its buttons from the line
        // biome-ignore lint/a11y/useKeyWithClickEvents: keeps a press of its buttons from the line
        <span
          className={`${shown} shrink-0 items-center`}
          onClick={(event) => event.stopPropagation()}
        >
          {node.preview !== undefined && (
            <button
              type="button"
              tabIndex={tabIndex}
              aria-label={`Preview ${node.name}`}
              onClick={actions.onPreview}
              className={ACTION}
            >
              Preview
            </button>
          )}
          {node.diagram !== undefined && (
            <button
              type="button"
              tabIndex={tabIndex}
              aria-label={`Diagram of ${node.name}`}
              onClick={actions.onDiagram}
              className={ACTION}
            >
              Diagram
            </button>
          )}
          <button
            type="button"
            tabIndex={tabIndex}
            aria-label={`Copy ${node.name}`}
            onClick={actions.onCopy}
            className={ACTION}
          >
            Copy
          </button>
        </span>
      )}
    </div>
  );
}
