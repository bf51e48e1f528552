'use client';

import { type ReactNode, useState } from 'react';
import { plural } from '../../ui/format';
import type { JsonNode } from './json-node';
import { ShowMore } from './show-more';

/** Open to this depth at first: enough to see a value's shape. */
const OPEN_DEPTH = 2;
/** A longer text is cut: it is there whole in the text view. */
const TEXT_LENGTH = 2_000;

interface JsonTreeProps {
  node: JsonNode;
  name?: string;
  depth?: number;
}

/** A JSON value whose objects and arrays open and close. */
export function JsonTree({ node, name, depth = 0 }: JsonTreeProps) {
  const label = name !== undefined && (
    <>
      <span className="text-accent">{name}</span>
      <span className="text-muted">: </span>
    </>
  );
  if (node.kind === 'string') {
    return (
      <span className="whitespace-pre-wrap break-words">
        {label}
        <span className="text-ok">{JSON.stringify(node.text.slice(0, TEXT_LENGTH))}</span>
        {node.text.length > TEXT_LENGTH && '…'}
      </span>
    );
  }
  if (node.kind === 'word') {
    return (
      <span>
        {label}
        <span className="text-warn">{node.text}</span>
      </span>
    );
  }
  return <Branch node={node} label={label} depth={depth} />;
}

interface BranchProps {
  node: Extract<JsonNode, { kind: 'object' | 'array' }>;
  label: ReactNode;
  depth: number;
}

function Branch({ node, label, depth }: BranchProps) {
  const [open, setOpen] = useState(depth < OPEN_DEPTH);
  const members: readonly (readonly [string, JsonNode])[] =
    node.kind === 'object'
      ? node.members
      : node.items.map((item, index) => [String(index), item] as const);
  const size =
    node.kind === 'object'
      ? `{${plural(members.length, 'key')}}`
      : `[${plural(members.length, 'item')}]`;
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer rounded-sm">
        {label}
        <span className="text-muted">{size}</span>
      </summary>
      {open && (
        <ul className="ml-1.5 border-line border-l pl-3.5">
          <ShowMore items={members}>
            {([key, child], index) => (
              <li key={index}>
                <JsonTree node={child} name={key} depth={depth + 1} />
              </li>
            )}
          </ShowMore>
        </ul>
      )}
    </details>
  );
}
