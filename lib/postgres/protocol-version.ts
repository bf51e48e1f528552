/** A version of the Postgres protocol, as the startup packet says it. */
export interface ProtocolVersion {
  readonly major: number;
  readonly minor: number;
}

export const PROTOCOL_3_0: ProtocolVersion = { major: 3, minor: 0 };
export const PROTOCOL_3_2: ProtocolVersion = { major: 3, minor: 2 };

/** The version as one number on the wire. */
export function versionNumber({ major, minor }: ProtocolVersion): number {
  return major * 65_536 + minor;
}

/** What stands where a startup packet has its version, when it asks for something else. */
export const REQUEST_CODES = {
  cancel: versionNumber({ major: 1234, minor: 5678 }),
  ssl: versionNumber({ major: 1234, minor: 5679 }),
  gssenc: versionNumber({ major: 1234, minor: 5680 }),
} as const;
