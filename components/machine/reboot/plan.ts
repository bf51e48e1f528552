import type { MemoryMb, StartFrom } from '@/lib/machine/types';

/** How PostgreSQL is to begin again. */
export type RebootPlan =
  | {
      readonly kind: 'machine';
      readonly memoryMb: MemoryMb;
      /** The warm base state, or the kernel and PostgreSQL from power-on. */
      readonly from: Extract<StartFrom, 'base' | 'power-on'>;
      /** The data are dumped before and read in after. */
      readonly keepsData: boolean;
    }
  /** The machine and its data stay; PostgreSQL is stopped and started. */
  | { readonly kind: 'postgres' };

/** How far a reboot is; the first two leave the machine as it was when they fail. */
export type RebootStep =
  | { readonly kind: 'dumping'; readonly bytes: number }
  | { readonly kind: 'restarting-postgres' }
  | { readonly kind: 'starting' }
  | {
      readonly kind: 'restoring';
      readonly sentBytes: number;
      readonly totalBytes: number;
      readonly errors: number;
    };

/** What a reboot came to. */
export type RebootOutcome =
  | {
      readonly kind: 'done';
      /** Statements of the dump that failed, the first of them; empty without a dump. */
      readonly errors: readonly string[];
      readonly errorCount: number;
      readonly dump: Blob | undefined;
    }
  | {
      readonly kind: 'failed';
      /** A sentence or two for people. */
      readonly message: string;
      /** Nothing was rebooted: the machine is as it was. */
      readonly isUnharmed: boolean;
      /** What was dumped, for safety. */
      readonly dump: Blob | undefined;
    };
