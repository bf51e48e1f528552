import { formatCount, formatElapsed } from '../ui/format';
import { Bar } from './bar';
import { factorText, type NodeView, partDetails } from './node-view';

/** The width of a line of the tree is for its text; deeper levels than this move no further right. */
const DEEPEST_INDENT = 10;
const INDENT_PX = 16;
/** A factor of a thousand fills the bar of misestimates. */
const FULL_FACTOR = 1000;

const TONES = { warn: 'bg-warn-soft text-warn', bad: 'bg-bad-soft text-bad' } as const;

interface PlanNodeItemProps {
  view: NodeView;
  /** Absent for nodes without inputs. */
  open: boolean | undefined;
  selected: boolean;
  onToggle: () => void;
}

/** One node's line in the tree: what it is, what it took, how far the planner was off. */
export function PlanNodeItem({ view, open, selected, onToggle }: PlanNodeItemProps) {
  const { node, marks, level } = view;
  const { telling, others } = partDetails(node.details);
  return (
    <div
      className="py-1.5 pr-3"
      style={{ paddingLeft: 12 + INDENT_PX * Math.min(level - 1, DEEPEST_INDENT) }}
    >
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
        {/* The keyboard opens and closes with the arrow keys, where it is. */}
        <span
          aria-hidden
          className="w-3 shrink-0 cursor-pointer select-none text-muted"
          onClick={onToggle}
        >
          {open === undefined ? '' : open ? '▾' : '▸'}
        </span>
        {node.role && <span className="text-muted">{node.role}:</span>}
        <span className="min-w-0 break-words font-semibold">{node.label}</span>
        {marks.map(({ text, tone }) => (
          <span key={text} className={`rounded-sm px-1.5 text-xs ${TONES[tone]}`}>
            {text}
          </span>
        ))}
      </div>
      <div className="ml-5">
        <Figures view={view} />
        <Details details={telling} cut={!selected} />
        {selected && <Details details={others} cut={false} />}
        {!selected && others.length > 0 && (
          <p className="text-muted text-xs">… {others.length} more when chosen</p>
        )}
      </div>
    </div>
  );
}

function Figures({ view: { node, measure, share } }: { view: NodeView }) {
  const { actual, estimate } = node;
  if (actual?.kind === 'never') return <p className="text-muted">never executed</p>;
  const { ownMs, inclusiveMs, ownCost, misestimate } = measure;
  const percent = `${Math.round(share * 100)} %`;
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-0.5 text-[13px] tabular-nums">
      {ownMs !== undefined && inclusiveMs !== undefined ? (
        <p className="flex items-center gap-2">
          <Bar part={share} tone="accent" />
          {formatElapsed(ownMs)} here ({percent}), {formatElapsed(inclusiveMs)} with inputs
        </p>
      ) : (
        estimate && (
          <p className="flex items-center gap-2">
            <Bar part={share} tone="accent" />
            cost {formatCount(Math.round(ownCost ?? 0))} here ({percent}),{' '}
            {formatCount(Math.round(estimate.totalCost))} with inputs
          </p>
        )
      )}
      {actual ? (
        <p className="flex items-center gap-2">
          {misestimate && (
            <Bar
              part={Math.log10(misestimate.factor) / Math.log10(FULL_FACTOR)}
              tone={misestimate.factor >= 10 ? 'warn' : 'muted'}
            />
          )}
          {formatCount(actual.rows)} rows
          {actual.loops > 1 && ` in each of ${formatCount(actual.loops)} loops`}
          {estimate && `, ${formatCount(estimate.rows)} planned`}
          {misestimate &&
            misestimate.factor >= 1.05 &&
            ` (${factorText(misestimate.factor)} ${misestimate.came})`}
        </p>
      ) : (
        estimate && <p>{formatCount(estimate.rows)} rows planned</p>
      )}
    </div>
  );
}

function Details({ details, cut }: { details: NodeView['node']['details']; cut: boolean }) {
  if (details.length === 0) return null;
  return (
    <ul className="font-mono text-muted text-xs">
      {details.map(({ name, text }, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a plan does not change, and names repeat
          key={index}
          className={cut ? 'truncate' : 'whitespace-pre-wrap break-words'}
        >
          {name && `${name}: `}
          <span className="text-ink">{text}</span>
        </li>
      ))}
    </ul>
  );
}
