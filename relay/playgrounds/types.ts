import type { Role } from '../../prisma/generated/client';

export type { Role };

/** A link as the relay needs it to let somebody in. */
export interface StoredLink {
  readonly id: string;
  readonly playgroundId: string;
  readonly role: Role;
  /** SCRAM-SHA-256, as PostgreSQL itself would keep it. Never logged. */
  readonly verifier: string;
  readonly revoked: boolean;
}
