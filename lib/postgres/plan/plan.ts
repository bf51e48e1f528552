/** What EXPLAIN said, in whichever format, as a tree. */
export interface Plan {
  /** One for each query the statement was rewritten to; nearly always one. */
  readonly roots: readonly PlanNode[];
  /** Milliseconds. */
  readonly planningMs?: number;
  /** Milliseconds; only after ANALYZE. */
  readonly executionMs?: number;
  /** What stands below the tree besides the times: triggers, JIT, settings. One a line. */
  readonly notes: readonly string[];
}

export interface PlanNode {
  /** As the text format heads it: `Index Scan using orders_pkey on orders o`. */
  readonly label: string;
  /** Why a node hangs beside its parent's inputs: `InitPlan 1`, `SubPlan 2`, `CTE totals`. */
  readonly role?: string;
  /** Absent with COSTS OFF. */
  readonly estimate?: Estimate;
  /** Only after ANALYZE. */
  readonly actual?: Actual;
  readonly details: readonly PlanDetail[];
  readonly children: readonly PlanNode[];
}

export interface Estimate {
  /** In the planner's unit: a page read in sequence is 1. */
  readonly startupCost: number;
  readonly totalCost: number;
  readonly rows: number;
  /** Bytes of a row. */
  readonly width: number;
}

export type Actual =
  | { readonly kind: 'never' }
  | {
      readonly kind: 'ran';
      /** Milliseconds of one loop, on average, inputs included. Absent with TIMING OFF. */
      readonly startupMs?: number;
      readonly totalMs?: number;
      /** Of one loop, on average. */
      readonly rows: number;
      readonly loops: number;
    };

export interface PlanDetail {
  /** `Filter`, `Sort Key`; empty for a line that has no name. */
  readonly name: string;
  readonly text: string;
}
