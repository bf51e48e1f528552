import type { WebSocket } from 'ws';
import type { Log } from '../../lib/server/log';
import type { Metrics } from '../../lib/server/metrics';

/** Counts and logs what a WebSocket is cut for: frames that `ws` does not take, or a connection that was lost. */
export function watchFaults(socket: WebSocket, metrics: Metrics, log: Log): void {
  socket.on('error', (error: Error & { code?: string }) => {
    const fault = frameFault(error.code);
    if (fault) metrics.rejects.inc({ at: 'websocket', code: fault });
    log.info({ code: fault ?? error.code }, 'WebSocket cut');
  });
}

/** The codes of `ws` for frames it does not take, in our words; nothing for a connection that was only lost. */
function frameFault(code: string | undefined): string | undefined {
  switch (code) {
    case 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH':
      return 'message-too-large';
    case 'WS_ERR_TOO_MANY_BUFFERED_PARTS':
      return 'too-many-fragments';
    default:
      return code?.startsWith('WS_ERR_') ? 'frame-malformed' : undefined;
  }
}
