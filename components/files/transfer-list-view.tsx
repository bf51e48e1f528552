import { useId } from 'react';
import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import { isOver, type Transfer } from './transfer';
import type { TransferList } from './transfer-list';
import { TransferRow } from './transfer-row';

const NONE: readonly Transfer[] = [];

/** What goes into the machine and out of it, the last first. */
export function TransferListView({ list }: { list: TransferList }) {
  const heading = useId();
  const all = useCell(list.all, NONE);
  if (all.length === 0) return null;
  return (
    <section aria-labelledby={heading}>
      <div className="flex min-h-7 items-center justify-between gap-2">
        <h3 id={heading} className="font-semibold">
          Transfers
        </h3>
        {all.some(isOver) && (
          <Button look="quiet" size="small" onClick={() => list.clear()}>
            Clear those that ended
          </Button>
        )}
      </div>
      <ul aria-labelledby={heading} className="divide-y divide-line border-line border-y">
        {all.toReversed().map((transfer) => (
          <TransferRow
            key={transfer.id}
            transfer={transfer}
            onCancel={() => list.cancel(transfer.id)}
          />
        ))}
      </ul>
    </section>
  );
}
