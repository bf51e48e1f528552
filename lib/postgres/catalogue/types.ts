/** What a database holds, as the schema panel, completion and the diagram look at it. Never changed once made. */
export interface Catalogue {
  /** The database this was read from. */
  readonly database: string;
  /** The role it was read as. */
  readonly role: string;
  readonly databases: readonly DatabaseEntry[];
  /** `public` first, then by name, PostgreSQL's own last (only if they were asked for). */
  readonly schemas: readonly SchemaEntry[];
  readonly extensions: readonly ExtensionEntry[];
  /** What was left out because there is too much of it: sentences for a person. */
  readonly notes: readonly string[];
}

export interface DatabaseEntry {
  readonly name: string;
  /** Undefined for templates, and where the role may not know. */
  readonly bytes: number | undefined;
}

export interface ExtensionEntry {
  readonly name: string;
  readonly version: string;
  readonly schema: string;
  readonly comment: string | undefined;
}

export interface SchemaEntry {
  readonly name: string;
  /** One of PostgreSQL's own. */
  readonly system: boolean;
  readonly comment: string | undefined;
  readonly relations: readonly Relation[];
  readonly routines: readonly Routine[];
  readonly types: readonly TypeEntry[];
}

export type RelationKind =
  | 'table'
  | 'partitioned'
  | 'partition'
  | 'foreign'
  | 'view'
  | 'materialised';

export interface Relation {
  readonly schema: string;
  readonly name: string;
  readonly kind: RelationKind;
  /** PostgreSQL's estimate; undefined while it has none. */
  readonly rows: number | undefined;
  /** With indexes and TOAST; undefined when not known, e.g. while the table is locked. */
  readonly bytes: number | undefined;
  readonly comment: string | undefined;
  /** Belongs to an extension. */
  readonly ofExtension: boolean;
  readonly columns: readonly CatalogueColumn[];
  readonly keys: readonly Key[];
  readonly indexes: readonly IndexEntry[];
}

export interface CatalogueColumn {
  readonly name: string;
  /** As `format_type` writes it. */
  readonly type: string;
  readonly notNull: boolean;
  /** `default`: its expression is in `expression`, unless its table was locked while it was read. */
  readonly filled: 'by-hand' | 'default' | 'identity' | 'generated';
  readonly expression: string | undefined;
  readonly comment: string | undefined;
}

/** A constraint that names columns; columns by name, in the key's order. */
export type Key =
  | {
      readonly kind: 'primary' | 'unique';
      readonly name: string;
      readonly columns: readonly string[];
    }
  | {
      readonly kind: 'foreign';
      readonly name: string;
      readonly columns: readonly string[];
      readonly target: ForeignTarget;
    };

export interface ForeignTarget {
  readonly schema: string;
  readonly relation: string;
  /** As many as the key has columns. */
  readonly columns: readonly string[];
}

export interface IndexEntry {
  readonly name: string;
  readonly unique: boolean;
  /** The statement that makes it; undefined if its table was locked while it was read. */
  readonly definition: string | undefined;
}

export interface Routine {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'function' | 'procedure' | 'aggregate' | 'window';
  /** What stands between the parentheses when it is called or made. */
  readonly parameters: string;
  /** Empty for procedures. */
  readonly returns: string;
  readonly comment: string | undefined;
  readonly ofExtension: boolean;
}

export interface TypeEntry {
  readonly name: string;
  readonly kind: 'enum' | 'domain' | 'composite' | 'range' | 'base';
  /** Of an enum, in order. */
  readonly labels: readonly string[];
  readonly ofExtension: boolean;
}
