import { describe, expect, it } from 'vitest';
import { isNumericType, typeKind, typeName } from './types';

describe('a type', () => {
  it.each([
    [23, -1, 'integer'],
    [25, -1, 'text'],
    [1043, -1, 'character varying'],
    [1043, 24, 'character varying(20)'],
    [1042, 5, 'character(1)'],
    [1015, 24, 'character varying(20)[]'],
    [1700, -1, 'numeric'],
    [1700, 655_366, 'numeric(10,2)'],
    [1700, 198_658, 'numeric(3,-2)'],
    [1114, 3, 'timestamp(3) without time zone'],
    [1184, 0, 'timestamp(0) with time zone'],
    [1266, 6, 'time(6) with time zone'],
    [1186, 2_147_418_115, 'interval(3)'],
    [1560, 8, 'bit(8)'],
    [1562, 9, 'bit varying(9)'],
    [1007, -1, 'integer[]'],
    [3802, -1, 'jsonb'],
    [16_400, -1, 'type 16400'],
  ])('%d with modifier %d is named %s', (oid, modifier, name) => {
    expect(typeName(oid, modifier)).toBe(name);
  });

  it.each([
    [23, 'number'],
    [1700, 'number'],
    [790, 'number'],
    [25, 'text'],
    [16, 'boolean'],
    [3802, 'json'],
    [1184, 'timestamp'],
    [17, 'bytea'],
    [1007, 'array'],
    [2950, 'uuid'],
    [16_400, 'other'],
  ])('%d is of the kind %s', (oid, kind) => expect(typeKind(oid)).toBe(kind));

  it('is numeric when its values align by their last digit', () => {
    expect([20, 21, 23, 700, 701, 1700].every(isNumericType)).toBe(true);
    expect([25, 1082, 1007, 3904, 16_400].some(isNumericType)).toBe(false);
  });
});
