import type { Field } from '@/lib/postgres/backend-messages';
import { isNumericType, typeName } from '@/lib/postgres/types';

/** One column of a result. */
export interface Column {
  readonly name: string;
  /** As SQL writes it, e.g. `integer`, `character varying(20)`. */
  readonly type: string;
  /** The type's number; 0 when nobody knows it. */
  readonly oid: number;
  /** Numbers are set to the right, so that their digits stand below each other. */
  readonly numeric: boolean;
}

export function columnOf(name: string, type: string, oid: number): Column {
  return { name, type, oid, numeric: isNumericType(oid) };
}

export function toColumns(fields: readonly Field[]): Column[] {
  return fields.map(({ name, typeOid, typeModifier }) =>
    columnOf(name, typeName(typeOid, typeModifier), typeOid),
  );
}
