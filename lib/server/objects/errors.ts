export type ObjectStoreErrorCode =
  | 'key-malformed'
  | 'length-wrong'
  | 'store-full'
  | 'store-unavailable';

/**
 * An object could not be stored or read. The message names the store's own code and never an address or a key of ours;
 * an S3 client's error is not kept as cause, because it carries the request with its signature.
 */
export class ObjectStoreError extends Error {
  override name = 'ObjectStoreError';

  constructor(
    readonly code: ObjectStoreErrorCode,
    message: string,
  ) {
    super(message);
  }
}
