import { plural } from '../ui/format';
import type { Compared, SpokenCell } from './compare-notebooks';
import { type DiffLine, diffLines } from './diff-lines';

/** Of a cell that did not change its beginning is enough to know it by. */
const LINES_OF_SAME = 4;
/** Of one that did: more than a screen shows; a preview stays quick whatever the cell holds. */
const LINES_OF_CHANGED = 200;

const KINDS: Record<SpokenCell['cell']['kind'], string> = {
  sql: 'SQL',
  text: 'Text',
  input: 'Input',
  foreign: 'Of a newer page',
};

const STANDINGS: Record<Compared['kind'] | 'added', { label: string; tone: string } | undefined> = {
  same: undefined,
  changed: { label: 'Changed since', tone: 'bg-warn-soft text-warn' },
  gone: { label: 'Deleted since', tone: 'bg-bad-soft text-bad' },
  added: { label: 'Added since: not in this version', tone: 'bg-ok-soft text-ok' },
};

const LOOKS: Record<DiffLine['kind'], { sign: string; tone: string; spoken?: string }> = {
  same: { sign: ' ', tone: '' },
  removed: { sign: '−', tone: 'bg-bad-soft', spoken: 'Then: ' },
  added: { sign: '+', tone: 'bg-ok-soft', spoken: 'Now: ' },
};

interface ComparedCellProps {
  compared: Compared | { readonly kind: 'added'; readonly past: SpokenCell };
}

/** A cell as a version has it, or how it differs from the present one. Read only, and shown as text whatever it holds. */
export function ComparedCell({ compared }: ComparedCellProps) {
  const { past } = compared;
  const standing = STANDINGS[compared.kind];
  const lines: readonly DiffLine[] =
    compared.kind === 'changed'
      ? diffLines(past.text, compared.present.text)
      : past.text.split('\n').map((line) => ({ kind: 'same', line }));
  const limit = compared.kind === 'changed' ? LINES_OF_CHANGED : LINES_OF_SAME;
  const hidden = lines.length - limit;
  return (
    <li className="rounded-md border border-line bg-raised [contain-intrinsic-size:auto_6rem] [content-visibility:auto]">
      <p className="flex flex-wrap items-center gap-2 border-line border-b px-3 py-1 text-muted text-xs">
        {KINDS[past.cell.kind]}
        {standing && (
          <span className={`rounded-sm px-1.5 py-0.5 font-medium ${standing.tone}`}>
            {standing.label}
          </span>
        )}
      </p>
      <pre className="overflow-x-auto py-1.5 font-mono text-[13px] leading-5">
        {lines.slice(0, limit).map(({ kind, line }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name but their number, and never move
          <span key={index} className={`block px-3 ${LOOKS[kind].tone}`}>
            <span aria-hidden className="mr-2 inline-block w-2 select-none text-muted">
              {LOOKS[kind].sign}
            </span>
            {LOOKS[kind].spoken && <span className="sr-only">{LOOKS[kind].spoken}</span>}
            {line}
          </span>
        ))}
      </pre>
      {hidden > 0 && (
        <p className="border-line border-t px-3 py-1 text-muted text-xs">
          {plural(hidden, 'more line')}
        </p>
      )}
    </li>
  );
}
