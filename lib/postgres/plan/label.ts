import { quoteIdentifier } from '../catalogue/quote-identifier';
import type { JsonObject } from './json-object';

const AGGREGATES: Readonly<Record<string, string>> = {
  Plain: 'Aggregate',
  Sorted: 'GroupAggregate',
  Hashed: 'HashAggregate',
  Mixed: 'MixedAggregate',
};

/** A node of FORMAT JSON headed as the text format heads it (ExplainNode in PostgreSQL's explain.c). */
export function labelOf(node: JsonObject): string {
  const prefix = `${node['Parallel Aware'] === true ? 'Parallel ' : ''}${
    node['Async Capable'] === true ? 'Async ' : ''
  }`;
  return prefix + nameOf(node) + targetOf(node);
}

function nameOf(node: JsonObject): string {
  const type = textAt(node, 'Node Type') ?? 'Unknown node';
  const strategy = textAt(node, 'Strategy');
  switch (type) {
    case 'Aggregate': {
      const mode = textAt(node, 'Partial Mode');
      const partial = mode === undefined || mode === 'Simple' ? '' : `${mode} `;
      return partial + (AGGREGATES[strategy ?? ''] ?? type);
    }
    case 'SetOp':
      return `${strategy === 'Hashed' ? 'HashSetOp' : type}${spaced(textAt(node, 'Command'))}`;
    case 'ModifyTable':
      return textAt(node, 'Operation') ?? type;
    case 'Foreign Scan': {
      const operation = textAt(node, 'Operation');
      return operation && operation !== 'Select' ? `Foreign ${operation}` : type;
    }
    case 'Custom Scan':
      return `Custom Scan${node['Custom Plan Provider'] ? ` (${textAt(node, 'Custom Plan Provider')})` : ''}`;
    case 'Nested Loop':
    case 'Hash Join':
    case 'Merge Join': {
      const join = textAt(node, 'Join Type') ?? 'Inner';
      return join === 'Inner' ? type : `${type.replace(/ Join$/, '')} ${join} Join`;
    }
    default:
      return type;
  }
}

/** ` using index on schema.table alias`, as far as the node has them. */
function targetOf(node: JsonObject): string {
  const type = textAt(node, 'Node Type');
  const index = textAt(node, 'Index Name');
  if (type === 'Bitmap Index Scan') return index ? ` on ${quoteIdentifier(index)}` : '';
  const backward = node['Scan Direction'] === 'Backward' ? ' Backward' : '';
  const using = index ? ` using ${quoteIdentifier(index)}` : '';
  const schema = textAt(node, 'Schema');
  const object =
    textAt(node, 'Relation Name') ??
    textAt(node, 'Function Name') ??
    textAt(node, 'Table Function Name') ??
    textAt(node, 'CTE Name') ??
    textAt(node, 'Tuplestore Name');
  const alias = textAt(node, 'Alias');
  if (object === undefined && alias === undefined) return backward + using;
  const qualified =
    object === undefined
      ? ''
      : ` ${schema ? `${quoteIdentifier(schema)}.` : ''}${quoteIdentifier(object)}`;
  const renamed = alias !== undefined && alias !== object ? ` ${quoteIdentifier(alias)}` : '';
  return `${backward}${using} on${qualified}${renamed}`;
}

function textAt(node: JsonObject, key: string): string | undefined {
  const value = node[key];
  return typeof value === 'string' ? value : undefined;
}

function spaced(text: string | undefined): string {
  return text ? ` ${text}` : '';
}
