import type { Field } from '@/lib/postgres/backend-messages';
import { isNumericType, typeName } from '@/lib/postgres/types';

/** One column of a result. */
export interface Column {
  readonly name: string;
  /** As SQL writes it, e.g. `integer`, `character varying(20)`. */
  readonly type: string;
  /** Numbers are set to the right, so that their digits stand below each other. */
  readonly numeric: boolean;
}

export function toColumns(fields: readonly Field[]): Column[] {
  return fields.map((field) => ({
    name: field.name,
    type: typeName(field.typeOid, field.typeModifier),
    numeric: isNumericType(field.typeOid),
  }));
}
