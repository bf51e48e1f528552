import { MAX_NAME } from './limits';

/** What may follow the colon of `:name`: a word as PostgreSQL has it, but without `$`. */
const NAME = /^[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*$/;

export function isParameterName(name: string): boolean {
  return name.length <= MAX_NAME && NAME.test(name);
}
