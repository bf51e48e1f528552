import { damaged } from '../errors';
import type { StateFrame } from './frame';
import { MAX_STATE_DEPTH } from './limits';

/** Where the JSON of a state refers to a buffer. */
export interface Reference {
  /** Indices from the state down to it: `[52, 6]` is `state[52][6]`. */
  readonly path: readonly number[];
  /** The array's name in JavaScript, e.g. `Uint8Array`. */
  readonly type: string;
  readonly buffer: number;
}

/** Bytes of an element, for the arrays that v86 knows. */
const ELEMENT_BYTES: Readonly<Record<string, number>> = {
  Uint8Array: 1,
  Int8Array: 1,
  Uint16Array: 2,
  Int16Array: 2,
  Uint32Array: 4,
  Int32Array: 4,
  Float32Array: 4,
  Float64Array: 8,
};

/**
 * All references of a state in the order of its JSON. Each buffer is referred to once, as v86 writes it (S2), so that what
 * is replaced by one reference is not in use by another.
 * @throws SnapshotError `damaged`
 */
export function referencesOf({ slots, buffers }: StateFrame): readonly Reference[] {
  const found: Reference[] = [];
  const path: number[] = [];

  const visitAll = (values: readonly unknown[]): void => {
    if (path.length === MAX_STATE_DEPTH) throw damaged(PART, 'is nested too deep');
    values.forEach((value, index) => {
      path.push(index);
      visit(value);
      path.pop();
    });
  };
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      visitAll(value);
      return;
    }
    const { __state_type__: type, buffer_id: buffer, args } = value as Record<string, unknown>;
    if (type === 'Map' && Array.isArray(args) && args.every(isPair)) {
      visitAll(args);
      return;
    }
    const elementBytes = typeof type === 'string' ? ownEntry(ELEMENT_BYTES, type) : undefined;
    const bytes = typeof buffer === 'number' ? buffers[buffer] : undefined;
    if (elementBytes === undefined || bytes === undefined || args !== undefined) {
      throw damaged(PART, 'has a device that v86 does not write');
    }
    if (bytes.length % elementBytes !== 0) throw damaged(PART, 'has half an element');
    found.push({ path: [...path], type: type as string, buffer: buffer as number });
  };

  visitAll(slots);
  if (
    found.length !== buffers.length ||
    new Set(found.map((r) => r.buffer)).size !== found.length
  ) {
    throw damaged(PART, 'does not refer to each of its buffers once');
  }
  return found;
}

const PART = "the machine's state";

function isPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2;
}

/** An own property only: a state that names the type `constructor` gets nothing. */
function ownEntry(table: Readonly<Record<string, number>>, name: string): number | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
