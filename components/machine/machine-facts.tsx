'use client';

import type { Health, MachineState, TunnelState } from '@/lib/machine/types';
import { useNow } from '../state/use-now';
import { Facts } from '../ui/facts';
import { formatBytes, formatDuration } from '../ui/format';
import { summarizeTunnel } from './summary';

interface MachineFactsProps {
  state: MachineState;
  tunnel: TunnelState;
  health: Health | undefined;
}

export function MachineFacts({ state, tunnel, health }: MachineFactsProps) {
  const now = useNow();
  if (state.stage !== 'ready') return null;
  return (
    <Facts
      facts={[
        ['Server', state.version],
        ['Memory', memoryText(state.memoryMb, health)],
        ...(health ? [['Disk', `${formatBytes(health.diskFree)} free`] as const] : []),
        ['Up', now === 0 ? '' : formatDuration(now - state.since)],
        ['Link to the relay', summarizeTunnel(tunnel, now).text],
      ]}
    />
  );
}

function memoryText(memoryMb: number, health: Health | undefined): string {
  if (!health) return `${memoryMb} MB`;
  return `${memoryMb} MB, ${formatBytes(health.memAvailable)} free`;
}
