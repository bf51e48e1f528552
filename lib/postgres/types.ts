/** What a type's text output looks like, as far as showing it matters. */
export type TypeKind =
  | 'number'
  | 'text'
  | 'boolean'
  | 'json'
  | 'xml'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'interval'
  | 'uuid'
  | 'bytea'
  | 'bit'
  | 'network'
  | 'geometry'
  | 'range'
  | 'array'
  | 'record'
  | 'search'
  | 'catalogue'
  | 'other';

/** OID, OID of the array of it (0: none), name as `format_type` writes it, kind. */
type TypeRow = readonly [oid: number, arrayOid: number, name: string, kind: TypeKind];

/** The types of PostgreSQL itself a result can have; their OIDs are the same in all versions. */
export const TYPE_ROWS: readonly TypeRow[] = [
  [16, 1000, 'boolean', 'boolean'],
  [17, 1001, 'bytea', 'bytea'],
  [18, 1002, '"char"', 'text'],
  [19, 1003, 'name', 'text'],
  [20, 1016, 'bigint', 'number'],
  [21, 1005, 'smallint', 'number'],
  [23, 1007, 'integer', 'number'],
  [24, 1008, 'regproc', 'catalogue'],
  [25, 1009, 'text', 'text'],
  [26, 1028, 'oid', 'number'],
  [27, 1010, 'tid', 'catalogue'],
  [28, 1011, 'xid', 'number'],
  [29, 1012, 'cid', 'number'],
  [114, 199, 'json', 'json'],
  [142, 143, 'xml', 'xml'],
  [194, 0, 'pg_node_tree', 'catalogue'],
  [600, 1017, 'point', 'geometry'],
  [601, 1018, 'lseg', 'geometry'],
  [602, 1019, 'path', 'geometry'],
  [603, 1020, 'box', 'geometry'],
  [604, 1027, 'polygon', 'geometry'],
  [628, 629, 'line', 'geometry'],
  [650, 651, 'cidr', 'network'],
  [700, 1021, 'real', 'number'],
  [701, 1022, 'double precision', 'number'],
  [705, 0, 'unknown', 'text'],
  [718, 719, 'circle', 'geometry'],
  [774, 775, 'macaddr8', 'network'],
  [790, 791, 'money', 'number'],
  [829, 1040, 'macaddr', 'network'],
  [869, 1041, 'inet', 'network'],
  [1033, 1034, 'aclitem', 'catalogue'],
  [1042, 1014, 'character', 'text'],
  [1043, 1015, 'character varying', 'text'],
  [1082, 1182, 'date', 'date'],
  [1083, 1183, 'time without time zone', 'time'],
  [1114, 1115, 'timestamp without time zone', 'timestamp'],
  [1184, 1185, 'timestamp with time zone', 'timestamp'],
  [1186, 1187, 'interval', 'interval'],
  [1266, 1270, 'time with time zone', 'time'],
  [1560, 1561, 'bit', 'bit'],
  [1562, 1563, 'bit varying', 'bit'],
  [1700, 1231, 'numeric', 'number'],
  [1790, 2201, 'refcursor', 'text'],
  [2202, 2207, 'regprocedure', 'catalogue'],
  [2203, 2208, 'regoper', 'catalogue'],
  [2204, 2209, 'regoperator', 'catalogue'],
  [2205, 2210, 'regclass', 'catalogue'],
  [2206, 2211, 'regtype', 'catalogue'],
  [2249, 2287, 'record', 'record'],
  [2275, 1263, 'cstring', 'text'],
  [2278, 0, 'void', 'other'],
  [2950, 2951, 'uuid', 'uuid'],
  [2970, 2949, 'txid_snapshot', 'catalogue'],
  [3220, 3221, 'pg_lsn', 'catalogue'],
  [3361, 0, 'pg_ndistinct', 'catalogue'],
  [3402, 0, 'pg_dependencies', 'catalogue'],
  [3614, 3643, 'tsvector', 'search'],
  [3615, 3645, 'tsquery', 'search'],
  [3734, 3735, 'regconfig', 'catalogue'],
  [3769, 3770, 'regdictionary', 'catalogue'],
  [3802, 3807, 'jsonb', 'json'],
  [3904, 3905, 'int4range', 'range'],
  [3906, 3907, 'numrange', 'range'],
  [3908, 3909, 'tsrange', 'range'],
  [3910, 3911, 'tstzrange', 'range'],
  [3912, 3913, 'daterange', 'range'],
  [3926, 3927, 'int8range', 'range'],
  [4072, 4073, 'jsonpath', 'text'],
  [4089, 4090, 'regnamespace', 'catalogue'],
  [4096, 4097, 'regrole', 'catalogue'],
  [4191, 4192, 'regcollation', 'catalogue'],
  [4451, 6150, 'int4multirange', 'range'],
  [4532, 6151, 'nummultirange', 'range'],
  [4533, 6152, 'tsmultirange', 'range'],
  [4534, 6153, 'tstzmultirange', 'range'],
  [4535, 6155, 'datemultirange', 'range'],
  [4536, 6157, 'int8multirange', 'range'],
  [5017, 0, 'pg_mcv_list', 'catalogue'],
  [5038, 5039, 'pg_snapshot', 'catalogue'],
  [5069, 271, 'xid8', 'number'],
];

const BY_OID = new Map(TYPE_ROWS.map((row) => [row[0], row]));
const ELEMENT_BY_ARRAY_OID = new Map(
  TYPE_ROWS.flatMap((row) => (row[1] === 0 ? [] : [[row[1], row]])),
);

/** The kind of a type; one that is not PostgreSQL's own (an enum, an extension's) is `other`. */
export function typeKind(oid: number): TypeKind {
  return BY_OID.get(oid)?.[3] ?? (ELEMENT_BY_ARRAY_OID.has(oid) ? 'array' : 'other');
}

/** The type of an array's elements; undefined when it is no array of PostgreSQL's own types. */
export function elementOid(arrayOid: number): number | undefined {
  return ELEMENT_BY_ARRAY_OID.get(arrayOid)?.[0];
}

/** True for types whose values are numbers, to be aligned by their last digit. */
export function isNumericType(oid: number): boolean {
  return typeKind(oid) === 'number';
}

/**
 * The type as `format_type` writes it, e.g. `numeric(10,2)` or `character varying(20)[]`. Types
 * that are not PostgreSQL's own are known to the catalogue alone and show as `type <oid>`.
 * @param typeModifier as RowDescription gives it; -1 is none
 */
export function typeName(oid: number, typeModifier = -1): string {
  const plain = BY_OID.get(oid);
  if (plain) return modified(plain, typeModifier);
  const element = ELEMENT_BY_ARRAY_OID.get(oid);
  return element ? `${modified(element, typeModifier)}[]` : `type ${oid}`;
}

/** Lengths of strings and numerics count this header of theirs. */
const HEADER = 4;
const INTERVAL_FULL_PRECISION = 0xffff;

function modified([oid, , name]: TypeRow, modifier: number): string {
  if (modifier < 0) return name;
  switch (oid) {
    case 1042:
    case 1043:
      return `${name}(${modifier - HEADER})`;
    case 1560:
    case 1562:
      return `${name}(${modifier})`;
    case 1083:
    case 1114:
    case 1184:
    case 1266:
      return name.replace(/^\w+/, (word) => `${word}(${modifier})`);
    case 1186: {
      const precision = modifier & INTERVAL_FULL_PRECISION;
      return precision === INTERVAL_FULL_PRECISION ? name : `${name}(${precision})`;
    }
    case 1700: {
      const packed = modifier - HEADER;
      // The scale is an 11-bit signed number.
      return `${name}(${(packed >> 16) & 0xffff},${((packed & 0x7ff) ^ 0x400) - 0x400})`;
    }
    default:
      return name;
  }
}
