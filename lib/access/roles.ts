/**
 * The roles of a playground, in falling order of rights. Each is also the name of a role in the
 * machine's PostgreSQL, so a peer's `user` in the startup packet is its role.
 */
export const ROLES = ['owner', 'editor', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** What somebody may want to do in a playground. */
export type Action =
  | 'read'
  | 'write'
  | 'replicate'
  | 'host'
  | 'list-links'
  | 'create-link'
  | 'revoke-link'
  | 'disconnect-peer';

const ALLOWED: Record<Role, ReadonlySet<Action>> = {
  owner: new Set<Action>([
    'read',
    'write',
    'replicate',
    'host',
    'list-links',
    'create-link',
    'revoke-link',
    'disconnect-peer',
  ]),
  editor: new Set<Action>(['read', 'write', 'host']),
  viewer: new Set<Action>(['read']),
};

/** True when `role` may do `action`. PostgreSQL itself enforces `read` and `write` by its own roles. */
export function may(role: Role, action: Action): boolean {
  return ALLOWED[role].has(action);
}

/** True for one of the three role names. */
export function isRole(value: unknown): value is Role {
  return value === 'owner' || value === 'editor' || value === 'viewer';
}
