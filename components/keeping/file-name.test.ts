import { expect, test } from 'vitest';
import { fileName } from './file-name';

test('a title becomes a name every system takes', () => {
  expect(fileName('Sample shop: 20 exercises')).toBe('Sample-shop-20-exercises');
  expect(fileName('../../etc/passwd\0')).toBe('etc-passwd');
  expect(fileName('Übungen für Ältere')).toBe('Übungen-für-Ältere');
  expect(fileName('…')).toBe('notebook');
  expect(fileName('x'.repeat(500))).toHaveLength(60);
});
