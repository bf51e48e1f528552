import { z } from 'zod';
import { ROLES } from '@/lib/access/roles';
import { isCellId } from '@/lib/notebook/cell-id';
import { isColour } from './palette';
import { personName } from './person-name';

/** A Yjs id. Both parts index into arrays, so nothing but whole numbers will do. */
const ID = z.object({ client: z.int().nonnegative(), clock: z.int().nonnegative() });

/**
 * A Yjs relative position as JSON: at an item, or at the end of a text. That of a root type is left out: reading it
 * would make the type, under any name somebody likes.
 */
const POSITION = z
  .object({
    type: ID.nullable().catch(null),
    item: ID.nullable().catch(null),
    assoc: z.int().catch(0),
  })
  .refine(({ type, item }) => type !== null || item !== null)
  .transform((position) => ({ ...position, tname: null }));

/** Whatever came, something to show; nothing of it is believed but its form. */
const STATE = z.object({
  user: z
    .object({
      name: z.string().catch('').transform(personName),
      colour: z.string().refine(isColour).optional().catch(undefined),
      role: z.enum(ROLES),
    })
    .optional()
    .catch(undefined),
  cell: z.string().refine(isCellId).optional().catch(undefined),
  selection: z.object({ anchor: POSITION, head: POSITION }).nullish().catch(undefined),
});

/** What a page tells the others of itself, by awareness. */
export type PersonState = z.infer<typeof STATE>;

/** Reads an awareness state; never fails. */
export function personState(state: unknown): PersonState {
  const read = STATE.safeParse(state);
  return read.success ? read.data : {};
}
