import { WebSocket } from 'ws';
import { requestTicket } from '../../lib/machine/ticket';
import type { Credentials } from '../../lib/machine/types';
import { Link, type LinkOptions } from '../../lib/mux/link';
import { webSocketTransport } from '../../lib/mux/websocket';

/** A tab's WebSocket to the relay, opened from Node. */
export interface Tunnel {
  readonly link: Link;
  /** Resolves once the WebSocket is closed. */
  close(): Promise<void>;
}

interface TunnelOptions {
  readonly url: string;
  readonly credentials: Credentials;
  readonly as: 'host' | 'peer';
  /** Where it claims to come from: limits are counted by address. */
  readonly address?: string;
  readonly onStream?: LinkOptions['onStream'];
}

/** Opens a tunnel as a page does; resolves when the relay has greeted. */
export async function openTunnel(options: TunnelOptions): Promise<Tunnel> {
  const { url, credentials, as, address = '127.0.0.1', onStream } = options;
  const answer = await requestTicket(url, credentials, as);
  if (answer.outcome !== 'granted') throw new Error(`no ticket: ${answer.outcome}`);
  const socket = new WebSocket(
    `${url.replace(/^http/, 'ws')}/relay/${as}`,
    ['warren.mux.1', `ticket.${answer.ticket}`],
    { headers: { 'x-forwarded-for': address }, perMessageDeflate: false },
  );
  let onClosed: () => void = () => {};
  const closed = new Promise<void>((resolve) => {
    onClosed = resolve;
  });
  const link = await new Promise<Link>((resolve, reject) => {
    const opened: Link = new Link(webSocketTransport(socket), {
      role: 'client',
      onStream,
      onHello: () => resolve(opened),
      onClosed: ({ code, text }) => {
        onClosed();
        reject(new Error(`the tunnel closed: ${code} ${text}`));
      },
    });
  });
  return {
    link,
    close: () => {
      link.close({ code: 'ok', text: '' });
      return closed;
    },
  };
}
