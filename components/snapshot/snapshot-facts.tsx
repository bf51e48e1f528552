import { Facts } from '../ui/facts';
import { formatBytes, plural } from '../ui/format';
import type { ShownSnapshot } from './open-link';
import { WHEN } from './when';

/** What a snapshot is, from its card and from the server. */
export function SnapshotFactsList({ shown: { facts, card } }: { shown: ShownSnapshot }) {
  const { openingsLeft } = facts;
  return (
    <Facts
      facts={[
        ['What it is', card.kind === 'machine' ? 'A whole machine' : 'The data of a database'],
        ['To download', formatBytes(facts.bytes)],
        ['PostgreSQL', card.postgres],
        ['Memory', `${card.memoryMb} MB`],
        ['Made', WHEN.format(card.createdAt)],
        ['Expires', WHEN.format(new Date(facts.expiresAt))],
        [
          'Can be opened',
          openingsLeft === null ? 'any number of times' : plural(openingsLeft, 'more time'),
        ],
      ]}
    />
  );
}
