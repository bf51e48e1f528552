/** Why a stream or a link ended: rule V2 of docs/protocol.md. The number is the code on the wire. */
export const REASON_CODES = {
  ok: 0,
  'protocol-error': 1,
  'too-many-streams': 2,
  refused: 3,
  unreachable: 4,
  'data-after-end': 5,
  'credit-exceeded': 6,
  'credit-overflow': 7,
  'link-lost': 8,
  revoked: 9,
  replaced: 10,
  timeout: 11,
  'too-large': 12,
  restored: 13,
  'shutting-down': 14,
  version: 15,
  internal: 16,
  'unknown-kind': 17,
  busy: 18,
} as const;

export type ReasonCode = keyof typeof REASON_CODES;

/** A reason with a sentence for a person; the sentence may be empty. */
export interface Reason {
  readonly code: ReasonCode;
  readonly text: string;
}

const NAME_BY_NUMBER = new Map<number, ReasonCode>(
  Object.entries(REASON_CODES).map(([name, number]) => [number, name as ReasonCode]),
);

/** The reason for a code on the wire; a code of a later version reads as `internal`. */
export function reasonFromWire(code: number, text: string): Reason {
  return { code: NAME_BY_NUMBER.get(code) ?? 'internal', text };
}
