import { ConsoleTransport } from '../../../lib/machine/console';
import { Link } from '../../../lib/mux/link';
import type { Agent } from './agent';

/** The host as the house has it: the mux over the console transport, here over the agent's sockets. */
export function muxHost(agent: Agent, options: { window?: number } = {}): Promise<Link> {
  const transport = new ConsoleTransport({
    send: (port, chunk) => void (port === 1 ? agent.data : agent.attention).write(chunk),
    listen: (onData) => agent.data.on('data', onData),
  });
  return new Promise((resolve) => {
    const link: Link = new Link(transport, {
      role: 'client',
      window: options.window ?? 262_144,
      onHello: () => resolve(link),
      onAck: (bytes) => transport.acknowledged(bytes),
    });
  });
}
