import type { WebSocket } from 'ws';
import type { Relay } from '../relay';
import { watchFaults } from '../websocket/faults';
import type { Visitor } from '../websocket/visitor';
import { Connection } from './connection';
import type { RefusalCode } from './refusals';
import type { Room } from './room';

/** Serves a page at a notebook: rules N1 to N9 of docs/notebook.md. */
export function serveNotebook(relay: Relay, socket: WebSocket, visitor: Visitor): void {
  const { metrics, notebooks, openLinks } = relay;
  const { link, role, playground } = visitor.grant;
  const connection = new Connection(socket, visitor, relay);
  let room: Room | undefined;

  watchFaults(socket, metrics, visitor.log);
  metrics.notebookConnections.inc({ role });
  const forgetLink = openLinks.add(link, () => {
    connection.end('revoked');
    // Its socket may stay open for a moment; nothing of it counts any more.
    room?.leave(connection);
  });
  socket.once('close', (code) => {
    connection.closed();
    room?.leave(connection);
    forgetLink?.();
    metrics.notebookConnections.dec({ role });
    metrics.notebookClosed.inc({ code: String(code) });
    visitor.log.info({ code }, 'notebook connection closed');
  });
  if (!forgetLink) {
    connection.end('revoked');
    return;
  }

  const enter = (opened: Room | RefusalCode) => {
    if (typeof opened === 'string') {
      connection.end(opened);
      return;
    }
    room = opened;
    socket.on('message', (data, isBinary) => {
      if (isBinary) opened.receive(connection, data as Buffer);
      else connection.end('text-frame');
    });
    opened.join(connection);
    socket.resume();
  };
  // Until the room is there, what the page says waits in the socket.
  socket.pause();
  void notebooks.room(playground).then((opened) => {
    if (connection.isOpen) enter(opened);
  });
}
