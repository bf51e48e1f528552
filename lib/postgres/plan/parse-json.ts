import { bufferDetails, isBufferKey } from './buffers';
import { isObject, type JsonObject } from './json-object';
import { labelOf } from './label';
import type { Actual, Estimate, Plan, PlanDetail, PlanNode } from './plan';

/** Deeper trees do not come from the planner, and would end this page's stack. */
const DEEPEST = 500;

/** Keys that are told by the node itself: its label, role, estimate, actual rows and inputs. */
const TOLD = new Set([
  'Node Type',
  'Parent Relationship',
  'Subplan Name',
  'Parallel Aware',
  'Async Capable',
  'Strategy',
  'Partial Mode',
  'Join Type',
  'Operation',
  'Scan Direction',
  'Index Name',
  'Relation Name',
  'Schema',
  'Alias',
  'Function Name',
  'Table Function Name',
  'CTE Name',
  'Tuplestore Name',
  'Command',
  'Custom Plan Provider',
  'Startup Cost',
  'Total Cost',
  'Plan Rows',
  'Plan Width',
  'Actual Startup Time',
  'Actual Total Time',
  'Actual Rows',
  'Actual Loops',
  'Plans',
]);

/** The tree in the text of EXPLAIN (FORMAT JSON); undefined when it is none. */
export function parsePlanJson(text: string): Plan | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed) || parsed.length === 0) return undefined;
  const queries = parsed.filter(isObject).filter((query) => isObject(query.Plan));
  if (queries.length !== parsed.length) return undefined;
  const last = queries.at(-1) ?? {};
  return {
    roots: queries.map((query) => readNode(query.Plan, 0)),
    ...numbers({ planningMs: last['Planning Time'], executionMs: last['Execution Time'] }),
    notes: queries.flatMap(readNotes),
  };
}

function readNode(value: unknown, depth: number): PlanNode {
  const node = isObject(value) ? value : {};
  const role = node['Subplan Name'];
  const inputs = Array.isArray(node.Plans) && depth < DEEPEST ? node.Plans : [];
  return {
    label: labelOf(node),
    ...(typeof role === 'string' && { role }),
    ...readEstimate(node),
    ...readActual(node),
    details: readDetails(node),
    children: inputs.map((input) => readNode(input, depth + 1)),
  };
}

function readEstimate(node: JsonObject): { estimate?: Estimate } {
  const totalCost = numberAt(node, 'Total Cost');
  if (totalCost === undefined) return {};
  return {
    estimate: {
      startupCost: numberAt(node, 'Startup Cost') ?? 0,
      totalCost,
      rows: numberAt(node, 'Plan Rows') ?? 0,
      width: numberAt(node, 'Plan Width') ?? 0,
    },
  };
}

function readActual(node: JsonObject): { actual?: Actual } {
  const loops = numberAt(node, 'Actual Loops');
  if (loops === undefined) return {};
  if (loops === 0) return { actual: { kind: 'never' } };
  const times = numbers({
    startupMs: node['Actual Startup Time'],
    totalMs: node['Actual Total Time'],
  });
  return { actual: { kind: 'ran', ...times, rows: numberAt(node, 'Actual Rows') ?? 0, loops } };
}

function readDetails(node: JsonObject): PlanDetail[] {
  const details: PlanDetail[] = [];
  for (const [name, value] of Object.entries(node)) {
    if (TOLD.has(name) || isBufferKey(name)) continue;
    if (name === 'Workers' && Array.isArray(value)) details.push(...value.map(readWorker));
    else details.push({ name, text: plainText(value) });
  }
  return [...details.filter(isTelling), ...bufferDetails(node)];
}

/** JSON names what is off or nothing, too, where the text format is silent. */
function isTelling({ name, text }: PlanDetail): boolean {
  if (text === 'false' || text === '') return false;
  return !(text === '0' && /^(Rows Removed|Exact|Lossy|Workers Planned)/.test(name));
}

function readWorker(value: unknown): PlanDetail {
  const worker = isObject(value) ? value : {};
  const rest = Object.entries(worker).filter(
    ([name, told]) => name !== 'Worker Number' && !(isBufferKey(name) && told === 0),
  );
  return {
    name: `Worker ${plainText(worker['Worker Number'])}`,
    text: rest.map(([name, told]) => `${name}: ${plainText(told)}`).join(', '),
  };
}

function readNotes(query: JsonObject): string[] {
  const notes: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (name === 'Plan' || name === 'Planning Time' || name === 'Execution Time') continue;
    if (name === 'Planning' && isObject(value)) {
      notes.push(...bufferDetails(value).map((found) => `Planning ${found.name}: ${found.text}`));
    } else if (Array.isArray(value))
      notes.push(...value.map((one) => `${name}: ${plainText(one)}`));
    else notes.push(`${name}: ${plainText(value)}`);
  }
  return notes;
}

/** A value in words; lists and objects on one line. */
function plainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(plainText).join(', ');
  if (isObject(value)) {
    return Object.entries(value)
      .map(([name, inner]) => `${name}: ${plainText(inner)}`)
      .join(', ');
  }
  return String(value);
}

function numberAt(node: JsonObject, key: string): number | undefined {
  const value = node[key];
  return typeof value === 'number' ? value : undefined;
}

/** Those of some values that are numbers. */
function numbers<Key extends string>(
  values: Readonly<Record<Key, unknown>>,
): {
  [K in Key]?: number;
} {
  const found: { [K in Key]?: number } = {};
  for (const key in values) {
    const value = values[key];
    if (typeof value === 'number') found[key] = value;
  }
  return found;
}
