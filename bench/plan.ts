/** How much is done. Figures do not depend on it, only how far they scatter; bytes are of 10⁶ a MB. */
export interface Plan {
  readonly startRounds: number;
  readonly queryRounds: number;
  readonly responsiveRounds: number;
  readonly relayRounds: number;
  readonly notebookRounds: number;
  readonly pageRounds: number;
  readonly keepRounds: number;

  /** Rows of the table that is read by key. */
  readonly pointRows: number;
  /** Rows of the table that is summed. */
  readonly sumRows: number;
  /** What is repeated is repeated for so long before it is measured: emulator and engines compile what they run often. */
  readonly warmUpMs: number;
  /** `select 1` this often. */
  readonly selects: number;
  /** How long statements are counted for a rate. */
  readonly rateMs: number;
  readonly copyBytes: number;
  readonly resultBytes: number;
  /** A step that takes longer is broken off: five times the slowest that would be acceptable. */
  readonly stepLimitMs: number;
  /** How long the busy query of `responsive` lasts. */
  readonly busyMs: number;

  /** Through one tunnel, in each direction. */
  readonly relayBytes: number;
  readonly idleTunnels: number;
  /** What a source offers to a reader that has stopped. */
  readonly stalledBytes: number;

  /** How long people type in notebooks while it counts. */
  readonly notebookMs: number;
}

export const FULL_PLAN: Plan = {
  startRounds: 4,
  queryRounds: 3,
  responsiveRounds: 1,
  relayRounds: 3,
  notebookRounds: 1,
  pageRounds: 1,
  keepRounds: 1,
  pointRows: 100_000,
  sumRows: 300_000,
  warmUpMs: 1_500,
  selects: 500,
  rateMs: 2_000,
  copyBytes: 10e6,
  resultBytes: 10e6,
  stepLimitMs: 20_000,
  busyMs: 10_000,
  relayBytes: 200e6,
  idleTunnels: 1_000,
  stalledBytes: 256e6,
  notebookMs: 20_000,
};

export const QUICK_PLAN: Plan = {
  ...FULL_PLAN,
  startRounds: 1,
  queryRounds: 1,
  relayRounds: 1,
  warmUpMs: 500,
  selects: 100,
  rateMs: 500,
  copyBytes: 2e6,
  resultBytes: 4e6,
  stepLimitMs: 8_000,
  busyMs: 3_000,
  relayBytes: 100e6,
  stalledBytes: 64e6,
  notebookMs: 8_000,
};
