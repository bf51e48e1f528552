/** Every error of the API: its status and what a person is told. The code is what pages, logs and metrics share. */
export const HTTP_ERRORS = {
  'json-malformed': [400, 'The body is not valid JSON.'],
  'body-invalid': [400, 'The body does not have the fields this address takes.'],
  'path-malformed': [400, 'The address is not well formed.'],
  'length-wrong': [400, 'The body does not have the length that this chunk has.'],
  'body-cut': [400, 'The body ended before its announced length.'],
  'ttl-invalid': [
    400,
    'A snapshot is kept for an hour at least, and no longer than this server allows.',
  ],
  'link-unknown': [401, 'This link is not known, or its secret is wrong.'],
  'link-revoked': [401, 'This link was revoked by the owner of the playground.'],
  'upload-unknown': [
    401,
    'This upload is not known any more, or its token is wrong. Nothing of it can be opened. Create the snapshot again.',
  ],
  'opening-unknown': [
    401,
    'This opening is not known, or its hour is over. Open the snapshot again.',
  ],
  'token-missing': [401, 'A token is needed: Authorization: Bearer <token>.'],
  'authorization-missing': [401, 'A link is needed: Authorization: Bearer <link>.<secret>.'],
  'not-owner': [403, 'Only the owner of this playground may do this.'],
  'not-maker': [
    403,
    'Only the owner of this playground, or the link that made the snapshot, may delete it.',
  ],
  viewer: [403, 'A viewer link may only look on.'],
  'origin-foreign': [403, 'Requests from other sites are not taken.'],
  'route-unknown': [404, 'There is nothing at this address.'],
  'playground-unknown': [404, 'There is no playground with this id.'],
  'link-not-found': [404, 'This playground has no link with this id.'],
  'version-unknown': [404, 'This notebook has no version with this id.'],
  'snapshot-unknown': [
    404,
    'There is no snapshot at this address. It may have expired, or it was deleted by the person who made it.',
  ],
  'chunk-unknown': [404, 'This snapshot has no chunk with this number.'],
  'file-unknown': [404, 'There is no such file.'],
  'method-not-allowed': [405, 'This address does not take this method.'],
  'owner-link': [409, 'The owner link cannot be revoked: nobody could manage the playground.'],
  'too-many-links': [409, 'This playground has as many links as it can have.'],
  'too-many-versions': [
    409,
    'This notebook has as many named versions as it can have. Delete one.',
  ],
  'too-many-snapshots': [
    409,
    'This playground has as many snapshots as it can have. Delete one, or wait until one expires.',
  ],
  'snapshot-finished': [409, 'This snapshot is finished; no chunk of it can be changed.'],
  'snapshot-incomplete': [409, 'Some chunks of this snapshot have not arrived. Send them first.'],
  'host-online': [409, 'Another tab hosts this playground. Only the owner may take over.'],
  'snapshot-expired': [410, 'This snapshot has expired. What it held is deleted from the server.'],
  'snapshot-used-up': [410, 'This snapshot was opened as often as it may be.'],
  'body-too-large': [413, 'The body is larger than this address takes.'],
  'snapshot-too-large': [413, 'The snapshot is larger than this server keeps.'],
  'rate-limited': [429, 'Too many requests from this address. Try again in a moment.'],
  'snapshot-quota': [
    429,
    'This address has made as many snapshots, or as large ones, as it may within a day. Try again later.',
  ],
  'snapshot-damaged': [
    500,
    'A part of this snapshot is missing on the server, so it cannot be opened. Ask for a new one.',
  ],
  internal: [500, 'The server failed at this request. It is logged with its id.'],
  unavailable: [503, 'The database of the server does not answer. Try again in a moment.'],
  'store-unavailable': [
    503,
    'The server cannot reach what it keeps snapshots in. What is there is not lost. Try again in a moment.',
  ],
  'store-full': [507, 'The server has no room for this snapshot. Tell whoever runs it.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type HttpErrorCode = keyof typeof HTTP_ERRORS;

/** A refusal on the way to a reply. */
export class HttpError extends Error {
  override name = 'HttpError';
  readonly status: number;

  constructor(
    readonly code: HttpErrorCode,
    readonly headers: Readonly<Record<string, string>> = {},
    /** What a program needs to go on; it stands beside code and message. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(HTTP_ERRORS[code][1]);
    this.status = HTTP_ERRORS[code][0];
  }
}
