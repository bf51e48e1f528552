/** Every error of the API: its status and what a person is told. The code is what pages, logs and metrics share. */
export const HTTP_ERRORS = {
  'json-malformed': [400, 'The body is not valid JSON.'],
  'body-invalid': [400, 'The body does not have the fields this address takes.'],
  'path-malformed': [400, 'The address is not well formed.'],
  'link-unknown': [401, 'This link is not known, or its secret is wrong.'],
  'link-revoked': [401, 'This link was revoked by the owner of the playground.'],
  'authorization-missing': [401, 'A link is needed: Authorization: Bearer <link>.<secret>.'],
  'not-owner': [403, 'Only the owner of this playground may do this.'],
  viewer: [403, 'A viewer link may only look on.'],
  'origin-foreign': [403, 'Requests from other sites are not taken.'],
  'route-unknown': [404, 'There is nothing at this address.'],
  'playground-unknown': [404, 'There is no playground with this id.'],
  'link-not-found': [404, 'This playground has no link with this id.'],
  'version-unknown': [404, 'This notebook has no version with this id.'],
  'file-unknown': [404, 'There is no such file.'],
  'method-not-allowed': [405, 'This address does not take this method.'],
  'owner-link': [409, 'The owner link cannot be revoked: nobody could manage the playground.'],
  'too-many-links': [409, 'This playground has as many links as it can have.'],
  'too-many-versions': [
    409,
    'This notebook has as many named versions as it can have. Delete one.',
  ],
  'host-online': [409, 'Another tab hosts this playground. Only the owner may take over.'],
  'body-too-large': [413, 'The body is larger than 16 KB.'],
  'rate-limited': [429, 'Too many requests from this address. Try again in a moment.'],
  internal: [500, 'The server failed at this request. It is logged with its id.'],
  unavailable: [503, 'The database of the server does not answer. Try again in a moment.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type HttpErrorCode = keyof typeof HTTP_ERRORS;

/** A refusal on the way to a reply. */
export class HttpError extends Error {
  override name = 'HttpError';
  readonly status: number;

  constructor(
    readonly code: HttpErrorCode,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(HTTP_ERRORS[code][1]);
    this.status = HTTP_ERRORS[code][0];
  }
}
