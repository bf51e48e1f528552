import { describe, expect, it } from 'vitest';
import { type Action, isRole, may, ROLES } from './roles';

describe('roles', () => {
  it('lets each role do what it is for', () => {
    const actions: Action[] = ['read', 'write', 'replicate', 'host', 'create-link', 'revoke-link'];
    const table = Object.fromEntries(
      ROLES.map((role) => [role, actions.filter((action) => may(role, action))]),
    );
    expect(table).toEqual({
      owner: actions,
      editor: ['read', 'write', 'host'],
      viewer: ['read'],
    });
  });

  it('lets only the owner see links and disconnect peers', () => {
    for (const action of ['list-links', 'disconnect-peer'] as const) {
      expect(ROLES.filter((role) => may(role, action))).toEqual(['owner']);
    }
  });

  it('knows its own names and no others', () => {
    expect(ROLES.every(isRole)).toBe(true);
    for (const other of ['', 'Owner', 'postgres', 'constructor', null, undefined, 1]) {
      expect(isRole(other)).toBe(false);
    }
  });
});
