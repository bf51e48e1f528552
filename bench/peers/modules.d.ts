/**
 * What the bench uses of its peers. They are installed when the bench runs, so the project is type-checked
 * without them.
 */
declare module 'pgmock' {
  import type { ClientConfig } from 'pg';

  export class PostgresMock {
    static create(): Promise<PostgresMock>;
    getNodePostgresConfig(): ClientConfig;
    destroy(): void;
  }
}

declare module '@electric-sql/pglite' {
  export interface PGliteResult {
    readonly rows: readonly (readonly unknown[])[];
    readonly blob?: Blob;
  }

  export class PGlite {
    static create(options: { dataDir: string; loadDataDir?: Blob }): Promise<PGlite>;
    query(
      sql: string,
      parameters?: readonly unknown[],
      options?: { rowMode?: 'array'; blob?: Blob },
    ): Promise<PGliteResult>;
    close(): Promise<void>;
  }
}

declare module '@electric-sql/pglite-prepopulatedfs' {
  export function dataDir(): Promise<Blob>;
}
