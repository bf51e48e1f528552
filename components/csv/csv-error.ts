export type CsvErrorCode =
  | 'empty'
  | 'encoding'
  | 'quotes'
  | 'field-count'
  | 'value'
  | 'too-many-columns'
  | 'too-long'
  | 'cancelled';

/** Why a file cannot be taken as it is: a sentence or two for a person. */
export class CsvError extends Error {
  override readonly name = 'CsvError';

  constructor(
    readonly code: CsvErrorCode,
    message: string,
    /** In the file, from 1; where the row begins that is meant. */
    readonly line?: number,
  ) {
    super(message);
  }
}
