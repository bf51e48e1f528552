import type { Peer } from '@/lib/machine/types';
import { formatClock } from '../ui/format';
import { Question } from '../ui/question';
import { peerName, peerWay } from './peer-name';

interface PeerRowProps {
  peer: Peer;
  /** Absent where the viewer may not, and for the host, who is not cut off but replaced. */
  onDisconnect: (() => void) | undefined;
}

export function PeerRow({ peer, onDisconnect }: PeerRowProps) {
  const name = peerName(peer);
  return (
    <li className="flex flex-wrap items-start gap-x-2 gap-y-2 px-4 py-2.5 text-[13px]">
      <div className="min-w-0 flex-1">
        <p className="truncate">
          <span className="font-medium">{name}</span>{' '}
          <span className="rounded-sm bg-accent-soft px-1.5 py-0.5 text-[11px] text-accent">
            {peer.role}
          </span>
        </p>
        <p className="text-muted text-xs text-pretty">
          {peerWay(peer)}
          {peer.address !== '' && `, from ${peer.address}`}, since {formatClock(peer.connectedAt)}
        </p>
      </div>
      {onDisconnect && (
        <Question
          label="Disconnect"
          name={`Disconnect ${name}`}
          title={`Disconnect ${name}, ${peer.role} from ${peer.address}?`}
          yes="Disconnect"
          no="Leave connected"
          onYes={onDisconnect}
        >
          What it runs now is cancelled and its open transaction is rolled back. It can connect
          again until you revoke its link.
        </Question>
      )}
    </li>
  );
}
