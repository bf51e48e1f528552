import type { TransactionStatus } from '@/lib/postgres/backend-messages';

const LOOKS = {
  transaction: { text: 'In a transaction', look: 'bg-warn-soft text-warn' },
  failed: { text: 'Transaction failed: roll back', look: 'bg-bad-soft text-bad' },
} as const;

/** Silent outside a transaction. */
export function TransactionBadge({ status }: { status: TransactionStatus }) {
  if (status === 'idle') return null;
  const { text, look } = LOOKS[status];
  return <span className={`rounded-md px-2 py-0.5 font-medium text-xs ${look}`}>{text}</span>;
}
