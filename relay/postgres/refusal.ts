import type { PgError } from './errors';

/** A client is refused: thrown on the way, told and counted in one place. */
export class PgRefusal extends Error {
  override name = 'PgRefusal';

  constructor(readonly error: PgError) {
    super(error.text ?? error.code);
  }
}

/** The client left while it was asked something: nobody is there to be told. */
export class ClientGone extends Error {
  override name = 'ClientGone';
}
