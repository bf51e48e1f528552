import { PgError } from '@/lib/postgres/errors';

/** What went wrong, as PostgreSQL tells it, hint included. */
export function errorText(thrown: unknown): string {
  if (!(thrown instanceof PgError))
    return thrown instanceof Error ? thrown.message : String(thrown);
  const { message, detail, hint, code } = thrown;
  const refusal = code === NOT_ALLOWED ? ' Only the owner may do this.' : '';
  return [sentence(message) + refusal, detail, hint].filter(Boolean).join(' ');
}

const NOT_ALLOWED = '42501'; // insufficient_privilege

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
