import { may } from '../../lib/access/roles';
import type { Role } from '../playgrounds/types';
import type { PgError } from '../postgres/errors';

/** PostgreSQL's words for a boolean that is false; anything else in `replication` asks for a walsender. */
const FALSE = new Set(['', 'false', 'off', 'no', '0', 'f', 'n', 'fa', 'fal', 'fals', 'of']);

/** What a role may not ask for in its startup packet. PostgreSQL enforces all else by its own roles. */
export function checkStartup(
  role: Role,
  parameters: ReadonlyMap<string, string>,
): PgError | undefined {
  const replication = parameters.get('replication')?.trim().toLowerCase() ?? '';
  if (FALSE.has(replication) || may(role, 'replicate')) return undefined;
  return { code: 'replication-refused' };
}
