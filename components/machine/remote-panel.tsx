'use client';

import type { RelayConnection } from '../playground/relay-connection';
import type { QueryDesk } from '../query/query-desk';
import { useCell } from '../state/cell';
import { useNow } from '../state/use-now';
import { Facts } from '../ui/facts';
import { Panel } from '../ui/panel';
import { summarizeTunnel } from './summary';

const OFF = { stage: 'off' } as const;

interface RemotePanelProps {
  relay: RelayConnection;
  desk: QueryDesk;
}

/** The machine of another tab, as far as this page sees it. */
export function RemotePanel({ relay, desk }: RemotePanelProps) {
  const tunnel = useCell(relay.tunnel, OFF);
  const hostOnline = useCell(relay.hostOnline, false);
  const session = useCell(desk.session, { kind: 'away' });
  const now = useNow();
  const open = session.kind === 'open';
  return (
    <Panel title="The machine, in another tab">
      <Facts
        facts={[
          ['Server', open ? session.version : 'not reached yet'],
          ['You act as', open && session.role !== '' ? session.role : '…'],
          ['Host tab', hostOnline ? 'connected' : 'not connected'],
          ['Link to the relay', summarizeTunnel(tunnel, now).text],
        ]}
      />
      <p className="mt-3 text-muted text-xs text-pretty">
        The database runs in that tab. When the tab closes, nobody reaches it until its owner opens
        the playground again.
      </p>
    </Panel>
  );
}
