import type { Metadata } from '../mux/metadata';

/** Opens a session of PostgreSQL that only reads: what is kept of the machine stays as good as it was (`servePage`). */
export const LOOKING_SESSION: Metadata = [
  ['kind', 'pg'],
  ['look', '1'],
];
