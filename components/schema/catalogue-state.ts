import type { Catalogue } from '@/lib/postgres/catalogue/types';

/** What this page knows of the database's schema; `last` is what it knew before. */
export type CatalogueState =
  /** Nobody has looked yet, or PostgreSQL cannot be reached: `reason` says what is missing. */
  | { readonly kind: 'unread'; readonly reason?: string; readonly last?: Catalogue }
  | { readonly kind: 'reading'; readonly last?: Catalogue }
  | { readonly kind: 'read'; readonly catalogue: Catalogue }
  | { readonly kind: 'failed'; readonly message: string; readonly last?: Catalogue };

/** The newest catalogue there is, however old. */
export function catalogueOf(state: CatalogueState): Catalogue | undefined {
  return state.kind === 'read' ? state.catalogue : state.last;
}
