/** One PostgreSQL connection, whoever provides it: what the workload needs of a client. */
export interface Session {
  /** Runs one statement with text parameters; resolves with the first value of the first row. */
  query(sql: string, parameters?: readonly string[]): Promise<string | undefined>;
  /** Copies text-format data into a table. */
  copyIn(table: string, chunks: readonly Uint8Array[]): Promise<void>;
  /** Copies a table out in text format; resolves with the number of bytes. */
  copyOut(table: string): Promise<number>;
  close(): Promise<void>;
}
