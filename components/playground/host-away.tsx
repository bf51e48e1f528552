'use client';

import { NEVER, useCell } from '../state/cell';
import { useLasting } from '../state/use-lasting';
import { Question } from '../ui/question';
import { Banner } from './banner';
import type { HostedMachine } from './hosted-machine';
import type { Session } from './session';

const OFF = { stage: 'off' } as const;

/** A host that reloads its tab is back sooner than this. */
const AWAY_MS = 3000;

/** For guests of a playground that nobody hosts: what still works, and the machine they may start. */
export function HostAway({ session }: { session: Session }) {
  const tunnel = useCell(session.relay.tunnel, OFF);
  const hostOnline = useCell(session.relay.hostOnline, false);
  const document = useCell(session.document, undefined);
  const mayEdit = useCell<boolean | undefined>(document?.mayEdit ?? NEVER, undefined);
  const isAway = useLasting(tunnel.stage === 'open' && !hostOnline, AWAY_MS);
  if (!isAway || mayEdit === undefined) return null;
  if (!mayEdit) {
    return (
      <Banner tone="plain" title="The tab that runs the database is away">
        The notebook can be read with its last results. Queries run once that tab is back, or once
        somebody who may edit starts a machine.
      </Banner>
    );
  }
  return (
    <Banner
      title="The tab that runs the database is away"
      actions={
        <Question
          label="Start a machine here"
          title="Start with an empty database?"
          yes="Start it here"
          no="Wait for the other tab"
          onYes={() => session.host()}
        >
          The new database holds nothing of the other one: run the notebook’s cells to fill it.
          Everyone with a link then works with it, as long as this tab is open or until the owner
          opens the playground again.
        </Question>
      }
    >
      The notebook can be read and changed, with its last results. Queries need a machine: wait for
      that tab, or start one in this tab.
    </Banner>
  );
}

/** For a guest who started a machine: when the playground runs on another one by now. */
export function GuestHost({ session, machine }: { session: Session; machine: HostedMachine }) {
  const tunnel = useCell(machine.tunnel, OFF);
  const hostOnline = useCell(session.relay.hostOnline, false);
  const isReplaced = hostOnline && (tunnel.stage === 'ended' || tunnel.stage === 'waiting');
  if (!useLasting(isReplaced, AWAY_MS)) return null;
  return (
    <Banner
      title="This playground runs on another machine now"
      actions={
        <Question
          label="Use that machine"
          title="End the machine of this tab?"
          yes="End it and go over"
          no="Keep it"
          onYes={() => session.joinHost()}
        >
          What is in its database is lost. The notebook stays.
        </Question>
      }
    >
      Its owner or somebody else hosts it. What runs in this tab goes to the machine here, which
      nobody else reaches.
    </Banner>
  );
}
