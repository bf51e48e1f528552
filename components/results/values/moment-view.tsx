import type { Moment } from '@/lib/postgres/moment';
import { Facts } from '../../ui/facts';

const LOCAL = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });

/** A time with a zone: as PostgreSQL sent it, and what clocks here showed. */
export function MomentView({ text, moment }: { text: string; moment: Moment }) {
  const facts: (readonly [string, string])[] = [['As sent', text]];
  if (moment.hasZone && Number.isFinite(moment.epochMs)) {
    const date = new Date(moment.epochMs);
    facts.push(
      [`Here (${LOCAL.resolvedOptions().timeZone})`, LOCAL.format(date)],
      ['UTC', date.toISOString().replace('T', ' ').replace('Z', '+00')],
    );
  }
  return (
    <div className="max-w-xl">
      <Facts facts={facts} />
    </div>
  );
}
