import type { Actual, Estimate, Plan, PlanDetail, PlanNode } from './plan';

/** A node's own lines and its inputs begin this far right of its arrow; the root has none and uses 2. */
const ARROW = /^( *)-> {2}/;
const BELOW_ARROW = 6;
const BELOW_ROOT = 2;
/** The node of an InitPlan, SubPlan or CTE stands this far right of the line that names it. */
const BELOW_ROLE = 2;

const ESTIMATE = /^cost=([\d.]+)\.\.([\d.]+) rows=(\d+) width=(\d+)$/;
const ACTUAL = /^actual (?:time=([\d.]+)\.\.([\d.]+) )?rows=([\d.]+) loops=(\d+)$/;
const DETAIL = /^([A-Z][\w/() -]{0,60}?): +(.*)$/s;
const TOTAL = /^(Planning|Execution) Time: ([\d.]+) ms$/;

interface Draft {
  label: string;
  role?: string;
  estimate?: Estimate;
  actual?: Actual;
  details: PlanDetail[];
  children: Draft[];
  /** Where its lines and its inputs begin. */
  readonly indent: number;
}

/**
 * The tree in EXPLAIN's text. Never fails: lines it does not know become nameless details of their node, or
 * notes of the plan. Undefined when the first line is no node, as with utility statements.
 */
export function parsePlanText(text: string): Plan | undefined {
  const lines = joinQuoted(text.split('\n').map((line) => line.trimEnd()));
  const roots: Draft[] = [];
  const notes: string[] = [];
  const times: { planningMs?: number; executionMs?: number } = {};
  let path: Draft[] = [];
  let role: { readonly name: string; readonly indent: number } | undefined;
  let atStart = true;
  for (const [index, line] of lines.entries()) {
    if (line === '') {
      atStart = true;
      continue;
    }
    const arrow = ARROW.exec(line);
    const indent = arrow ? (arrow[1] ?? '').length : line.length - line.trimStart().length;
    path = path.filter((node) => node.indent <= indent);
    const parent = path.at(-1);
    if (arrow && parent) {
      const node = heading(line.slice(arrow[0].length), indent + BELOW_ARROW);
      if (role && role.indent + BELOW_ROLE === indent) node.role = role.name;
      role = undefined;
      parent.children.push(node);
      path.push(node);
    } else if (atStart && indent === 0) {
      const node = heading(line, BELOW_ROOT);
      // A statement without a plan says so in one line.
      if (roots.length === 0 && !node.estimate && !node.actual && !isLikelyNode(lines, index)) {
        return undefined;
      }
      roots.push(node);
      path = [node];
    } else if (!parent) {
      const total = TOTAL.exec(line);
      if (total?.[1] === 'Planning') times.planningMs = Number(total[2]);
      else if (total) times.executionMs = Number(total[2]);
      else notes.push(line);
    } else if (namesRole(line, indent, lines[index + 1])) {
      role = { name: line.trim(), indent };
    } else {
      parent.details.push(detail(line.trim()));
    }
    atStart = false;
  }
  return roots.length === 0 ? undefined : { roots: roots.map(settled), ...times, notes };
}

/** With COSTS OFF a node's line is its name alone; then what follows it has to look like a plan. */
function isLikelyNode(lines: readonly string[], index: number): boolean {
  const next = lines[index + 1];
  const known =
    /^(Parallel |Async )?(Seq|Index|Bitmap|Tid|Sample|Foreign|Custom|Function|Values|CTE|Work|Named|Table|Subquery|Result|Append|Merge|Nested|Hash|Sort|Incremental|Group|Aggregate|Partial|Finalize|Mixed|Window|Unique|Limit|Lock|Set|Recursive|Materialize|Memoize|Gather|Project|Insert|Update|Delete|BitmapAnd|BitmapOr)/;
  return known.test(lines[index] ?? '') || (next !== undefined && ARROW.test(next));
}

function heading(text: string, indent: number): Draft {
  const node: Draft = { label: text, details: [], children: [], indent };
  const ran = bracket(node.label, ' (');
  if (ran?.inside === 'never executed') {
    node.actual = { kind: 'never' };
    node.label = ran.before;
  } else if (ran) {
    const found = ACTUAL.exec(ran.inside);
    if (found) {
      node.actual = actual(found);
      node.label = ran.before;
    }
  }
  const planned = bracket(node.label, '  (');
  const found = planned && ESTIMATE.exec(planned.inside);
  if (found) {
    node.estimate = {
      startupCost: Number(found[1]),
      totalCost: Number(found[2]),
      rows: Number(found[3]),
      width: Number(found[4]),
    };
    node.label = planned.before;
  }
  node.label = node.label.trimEnd();
  return node;
}

function actual([, startup, total, rows, loops]: RegExpExecArray): Actual {
  return {
    kind: 'ran',
    ...(startup !== undefined && { startupMs: Number(startup), totalMs: Number(total) }),
    rows: Number(rows),
    loops: Number(loops),
  };
}

/** What the last brackets of a line hold, and what stands before them. */
function bracket(line: string, opening: string): { before: string; inside: string } | undefined {
  const at = line.endsWith(')') ? line.lastIndexOf(opening) : -1;
  if (at < 0) return undefined;
  return { before: line.slice(0, at), inside: line.slice(at + opening.length, -1) };
}

function namesRole(line: string, indent: number, next: string | undefined): boolean {
  const arrow = next === undefined ? null : ARROW.exec(next);
  return arrow !== null && (arrow[1] ?? '').length === indent + BELOW_ROLE && !DETAIL.test(line);
}

function detail(text: string): PlanDetail {
  const found = DETAIL.exec(text);
  return found ? { name: found[1] ?? '', text: found[2] ?? '' } : { name: '', text };
}

function settled({ indent: _, children, ...node }: Draft): PlanNode {
  return { ...node, children: children.map(settled) };
}

type Quote = "'" | '"' | undefined;

/** Constants and names may hold line breaks, and then a line of the plan comes as several: they are joined again. */
function joinQuoted(lines: readonly string[]): string[] {
  const joined: string[] = [];
  let at = 0;
  while (at < lines.length) {
    const end = endOfQuoted(lines, at);
    joined.push(lines.slice(at, end + 1).join('\n'));
    at = end + 1;
  }
  return joined;
}

/** The line in which what `lines[from]` leaves open is closed; that line itself when nothing is, or nothing closes it. */
function endOfQuoted(lines: readonly string[], from: number): number {
  let quote = quoteAfter(lines[from] ?? '', undefined);
  if (!quote) return from;
  const last = Math.min(lines.length, from + QUOTED_LINES);
  for (let at = from + 1; at < last; at++) {
    quote = quoteAfter(lines[at] ?? '', quote);
    if (!quote) return at;
  }
  return from;
}

/** A constant of more lines than this is not looked for: it would make reading a hostile plan quadratic. */
const QUOTED_LINES = 200;

/** Which quotes are open after a text. Doubled quotes close and open again, which comes to the same. */
function quoteAfter(text: string, before: Quote): Quote {
  let quote = before;
  for (const character of text) {
    if (quote) {
      if (character === quote) quote = undefined;
    } else if (character === "'" || character === '"') {
      quote = character;
    }
  }
  return quote;
}
