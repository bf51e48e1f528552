export type DatabaseErrorCode =
  | 'embedded-unavailable'
  | 'embedded-init-failed'
  | 'embedded-start-failed'
  | 'embedded-in-use'
  | 'migration-changed'
  | 'migration-missing'
  | 'migration-failed';

/** Why the database cannot be used; the message is for the person who runs the server. */
export class DatabaseError extends Error {
  override name = 'DatabaseError';

  constructor(
    readonly code: DatabaseErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
