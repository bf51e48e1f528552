/** Why a WebSocket is not opened: the status of the answer and its sentence. A page cannot read them; people can. */
export const UPGRADE_ERRORS = {
  'upgrade-malformed': [400, 'Not a WebSocket request as RFC 6455 has it.'],
  'protocol-missing': [
    400,
    'The protocol of this address (warren.mux.1, warren.notebook.1) and one ticket.<ticket> are needed.',
  ],
  'ticket-unknown': [401, 'This ticket is not known, or was used before.'],
  'ticket-expired': [401, 'This ticket has expired.'],
  'ticket-origin': [401, 'This ticket was issued to another origin.'],
  'ticket-purpose': [401, 'This ticket is for another kind of connection.'],
  'link-revoked': [401, 'This link was revoked by the owner of the playground.'],
  'origin-foreign': [403, 'WebSockets from other sites are not taken.'],
  'path-unknown': [404, 'There is no WebSocket at this address.'],
  'too-many-connections': [503, 'Too many connections. Try again in a moment.'],
  unavailable: [503, 'The database of the server does not answer.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type UpgradeErrorCode = keyof typeof UPGRADE_ERRORS;

/** A WebSocket request that is refused. */
export class UpgradeError extends Error {
  override name = 'UpgradeError';

  constructor(readonly code: UpgradeErrorCode) {
    super(UPGRADE_ERRORS[code][1]);
  }
}
