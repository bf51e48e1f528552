import { z } from 'zod';
import { MAX_CHOICE_JSON, MAX_OPTIONS, MAX_VALUE } from './limits';
import { isParameterName } from './parameter-name';
import type { InputChoice, ResultViewChoice } from './types';

const column = z.string().max(MAX_VALUE);

const VIEW: z.ZodType<ResultViewChoice> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('grid') }),
  z.object({ kind: z.literal('plan'), as: z.enum(['tree', 'text']) }),
  z.object({
    kind: z.literal('chart'),
    chart: z.enum(['bar', 'line', 'area', 'scatter', 'pie']),
    x: column,
    y: z.array(column).max(MAX_OPTIONS),
  }),
]);

const INPUT: z.ZodType<InputChoice> = z.object({
  name: z.string().refine(isParameterName),
  type: z.enum(['text', 'number', 'date', 'choice']),
  options: z.array(z.string().max(MAX_VALUE)).max(MAX_OPTIONS),
});

/** Reads the JSON of a cell's `view`; undefined for what is no view. */
export function parseView(json: unknown): ResultViewChoice | undefined {
  return parse(VIEW, json);
}

/** Reads the JSON of a cell's `input`; undefined for what is no input. */
export function parseInput(json: unknown): InputChoice | undefined {
  return parse(INPUT, json);
}

function parse<T>(schema: z.ZodType<T>, json: unknown): T | undefined {
  if (typeof json !== 'string' || json.length > MAX_CHOICE_JSON) return undefined;
  try {
    return schema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
