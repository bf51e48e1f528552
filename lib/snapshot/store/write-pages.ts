import { PAGE_BYTES } from '../types';
import type { PageWriter } from './page-writer';
import type { Placement } from './place';

/**
 * Writes the fresh pages of a placement and makes them last. @returns bytes written
 * @throws Error for a page that is not in `changed`: a mistake of the caller, by which nothing is lost
 */
export async function writePages(
  writer: PageWriter,
  { table, fresh }: Placement,
  changed: ReadonlyMap<number, Uint8Array>,
): Promise<number> {
  for (const at of fresh) {
    const page = table.pages[at]!;
    const bytes = changed.get(page);
    if (bytes?.length !== PAGE_BYTES) throw new Error(`page ${page} changed, but was not captured`);
    const writing = writer.put(table.slots[at]!, bytes);
    if (writing) await writing;
  }
  return writer.finish();
}
