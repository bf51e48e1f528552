import type { Loaded } from '../state/loaded';
import { Notice } from '../ui/notice';
import type { Baggage } from './baggage';
import { baggageLines, type SnapshotKind } from './baggage-lines';

interface BaggageNoteProps {
  baggage: Loaded<Baggage>;
  kind: SnapshotKind;
  hasNotebook: boolean;
}

/** What its receiver gets beside the tables, said before anything is given away. */
export function BaggageNote({ baggage, kind, hasNotebook }: BaggageNoteProps) {
  if (baggage.kind === 'loading') {
    return <p className="text-muted text-sm">Looking at what travels with the machine…</p>;
  }
  if (baggage.kind === 'failed') {
    return (
      <Notice tone="warn" title="It could not be seen what travels with the machine">
        {baggage.message} Roles, settings, open sessions and passwords of subscriptions may be in
        it.
      </Notice>
    );
  }
  const lines = baggageLines(baggage.value, kind);
  if (hasNotebook) lines.push('The notebook with its last results.');
  return (
    <Notice
      tone={lines.length > (hasNotebook ? 1 : 0) ? 'warn' : 'plain'}
      title="What travels beside the tables"
    >
      {lines.length === 0 ? (
        'Nothing: no roles, settings or sessions of your own.'
      ) : (
        <ul className="mt-1 list-disc space-y-1 pl-4">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
