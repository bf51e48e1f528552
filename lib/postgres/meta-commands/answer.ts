/** Rows of a lookup, as text; null is NULL. */
export type LookedUp = readonly (readonly (string | null)[])[];

/** What to do for a meta-command. */
export type MetaAnswer =
  /** Run each and show its rows under its heading. */
  | { readonly kind: 'queries'; readonly queries: readonly MetaQuery[] }
  /** Run `sql` without showing it; its rows tell how to go on. */
  | {
      readonly kind: 'lookup';
      readonly sql: string;
      readonly next: (rows: LookedUp) => MetaAnswer;
    }
  /** Nothing to run: say this and go on. */
  | { readonly kind: 'said'; readonly text: string }
  /** It cannot be done here, and what follows may rely on it: say this and stop. */
  | {
      readonly kind: 'refused';
      /** SQLSTATE of the closest error PostgreSQL has. */
      readonly code: string;
      readonly text: string;
      readonly hint?: string;
    };

export interface MetaQuery {
  /** What the rows are, e.g. `Indexes of table public.orders`. */
  readonly heading: string;
  readonly sql: string;
  /** When there are no rows: leave the result out, or say this beside it. */
  readonly whenEmpty:
    | { readonly kind: 'leave-out' }
    | { readonly kind: 'say'; readonly text: string };
}

/** SQLSTATEs of what a meta-command refuses by itself. */

export const FEATURE_NOT_SUPPORTED = '0A000';
export const SYNTAX_ERROR = '42601';
export const UNDEFINED_OBJECT = '42704';
