import { expect, test } from 'vitest';
import type { Baggage } from './baggage';
import { baggageLines } from './baggage-lines';

const NOTHING: Baggage = {
  roles: [],
  settings: [],
  sessions: [],
  subscriptions: [],
  foreignServers: [],
  databases: [],
};

test('a machine with nothing beside its tables has nothing to warn of', () => {
  expect(baggageLines(NOTHING, 'machine')).toEqual([]);
});

test('the transaction that has been open longest is named', () => {
  const sessions = [
    { role: 'owner', client: 'Warren page', transactionSeconds: 75 },
    { role: 'editor', client: '', transactionSeconds: null },
  ];
  expect(baggageLines({ ...NOTHING, sessions }, 'machine')).toEqual([
    '2 open sessions, 1 in a transaction; the oldest has been open for 1 min 15 s (Warren page, owner).',
  ]);
  expect(baggageLines({ ...NOTHING, sessions }, 'data')).toEqual([
    'Not with it: open sessions and transactions, files, and what the terminals show.',
  ]);
});

test('passwords are told of, whatever travels', () => {
  const baggage = { ...NOTHING, subscriptions: ['from_prod'], foreignServers: ['crm'] };
  for (const kind of ['machine', 'data'] as const) {
    const text = baggageLines(baggage, kind).join('\n');
    expect(text).toContain('1 subscription with connection string and password: from_prod.');
    expect(text).toContain(
      'User mappings, which are log-ins of foreign servers, passwords included: crm.',
    );
  }
});

test('roles and databases stay behind when only the data travels', () => {
  const baggage = { ...NOTHING, roles: ['bob'], databases: ['audit'] };
  const machine = baggageLines(baggage, 'machine').join(' ');
  expect(machine).toContain('with passwords: bob.');
  expect(machine).toMatch(/1 further database: audit; with log-ins of foreign servers/);
  const data = baggageLines(baggage, 'data').join(' ');
  expect(data).toContain('Not with it: 1 role of your own (bob).');
  expect(data).toContain('Not with it: the further databases audit.');
});

test('a long list of names is cut', () => {
  const roles = Array.from({ length: 9 }, (_, index) => `r${index}`);
  expect(baggageLines({ ...NOTHING, roles }, 'machine')[0]).toMatch(/r5 and 3 more\.$/);
});
