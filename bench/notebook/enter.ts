import { WebSocket } from 'ws';
import { requestTicket } from '../../lib/machine/ticket';
import { NOTEBOOK_PROTOCOL, TICKET_PREFIX } from '../../lib/notebook/wire';
import type { Room } from './scene';

/** What a page shows at the upgrade of its WebSocket (rule N1). */
export async function protocolsFor(url: string, { credentials }: Room): Promise<string[]> {
  const answer = await requestTicket(url, credentials, 'notebook');
  if (answer.outcome !== 'granted') throw new Error(`no ticket: ${answer.outcome}`);
  return [NOTEBOOK_PROTOCOL, TICKET_PREFIX + answer.ticket];
}

/** `ws` as a browser's WebSocket would be: what comes from `address`, without compression. */
export function webSocketFrom(address: string): typeof WebSocket {
  return class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, {
        headers: { 'x-forwarded-for': address },
        perMessageDeflate: false,
      });
    }
  } as typeof WebSocket;
}

export function relayUrl(url: string): string {
  return `${url.replace(/^http/, 'ws')}/relay`;
}
