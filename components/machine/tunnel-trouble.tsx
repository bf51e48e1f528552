import type { TunnelState } from '@/lib/machine/types';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';

interface TunnelTroubleProps {
  tunnel: TunnelState;
  onClaim: () => void;
}

/** Shown when the tunnel ended for good: the machine goes on, but nobody else reaches it. */
export function TunnelTrouble({ tunnel, onClaim }: TunnelTroubleProps) {
  if (tunnel.stage !== 'ended') return null;
  const replaced = tunnel.reason === 'replaced';
  return (
    <Notice
      tone="warn"
      announce="alert"
      title={replaced ? 'Another tab hosts this playground now' : 'Nobody else can connect'}
      actions={
        <Button size="small" onClick={onClaim}>
          {replaced ? 'Host here again' : 'Try again'}
        </Button>
      }
    >
      {replaced
        ? 'It was opened as owner elsewhere, with a machine of its own, and the links lead there. The database in this tab goes on for you alone. Hosting here again cuts off whoever is connected there.'
        : `${tunnel.message} Your own queries go on.`}
    </Notice>
  );
}
