import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from './config-error';

/** Where snapshots lie. */
export type ObjectStoreChoice =
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 's3';
      readonly endpoint: string;
      readonly bucket: string;
      readonly region: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    };

/** What an operator allows of snapshots. */
export interface SnapshotSettings {
  /** The largest one, in bytes. */
  readonly maxBytes: number;
  /** How long one may be kept at most. */
  readonly ttlMaxSeconds: number;
}

/** The issue promises a person an hour at least. */
export const SNAPSHOT_TTL_MIN_SECONDS = 3_600;
const TTL_MOST_DAYS = 365;
const MAX_MB_MOST = 65_536;
const UNIT_SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

const endpoint = z
  .string()
  .refine(
    (value) => /^https?:\/\//.test(value) && URL.canParse(value) && !new URL(value).username,
    'must be an http:// or https:// address',
  );

const sizeMb = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a number of megabytes')
  .transform(Number)
  .refine(
    (value) => value >= 1 && value <= MAX_MB_MOST,
    `must be a number of megabytes, 1 to ${MAX_MB_MOST}`,
  );

const duration = z
  .string()
  .regex(/^\d{1,9}[smhd]?$/, 'must be a time such as 30d, 12h or a number of seconds')
  .transform((value) => Number.parseInt(value, 10) * UNIT_SECONDS[unitOf(value)])
  .refine(
    (seconds) => seconds >= SNAPSHOT_TTL_MIN_SECONDS && seconds <= TTL_MOST_DAYS * UNIT_SECONDS.d,
    `must be a time between 1h and ${TTL_MOST_DAYS}d`,
  );

/** The variables of snapshots and of where they lie. */
export const SnapshotEnvironment = z.object({
  SNAPSHOT_MAX_MB: sizeMb.default(1024),
  SNAPSHOT_TTL_MAX: duration.default(30 * UNIT_SECONDS.d),
  S3_ENDPOINT: endpoint.optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')
    .optional(),
  S3_REGION: z
    .string()
    .regex(/^[a-zA-Z0-9-]{1,64}$/, 'must be the name of a region, e.g. us-east-1')
    .optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
});

type SnapshotVariables = z.output<typeof SnapshotEnvironment>;

export function snapshotSettings(value: SnapshotVariables): SnapshotSettings {
  return { maxBytes: value.SNAPSHOT_MAX_MB * 1024 ** 2, ttlMaxSeconds: value.SNAPSHOT_TTL_MAX };
}

/** S3 when all of its variables are given, a folder when none is; throws a `ConfigError` that names those missing. */
export function chooseObjectStore(value: SnapshotVariables, dataDir: string): ObjectStoreChoice {
  const {
    S3_ENDPOINT: endpoint,
    S3_BUCKET: bucket,
    S3_REGION: region,
    S3_ACCESS_KEY_ID: accessKeyId,
    S3_SECRET_ACCESS_KEY: secretAccessKey,
  } = value;
  if (endpoint && bucket && region && accessKeyId && secretAccessKey) {
    return { kind: 's3', endpoint, bucket, region, accessKeyId, secretAccessKey };
  }
  const given = { endpoint, bucket, region, accessKeyId, secretAccessKey };
  if (Object.values(given).every((each) => each === undefined)) {
    return { kind: 'folder', path: path.join(dataDir, 'objects') };
  }
  const missing = S3_VARIABLES.filter((name) => value[name] === undefined);
  throw ConfigError.of(
    missing.map((name) => `${name} is missing: ${S3_VARIABLES.join(', ')} go together`),
  );
}

const S3_VARIABLES = [
  'S3_ENDPOINT',
  'S3_BUCKET',
  'S3_REGION',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
] as const;

function unitOf(duration: string): keyof typeof UNIT_SECONDS {
  const last = duration.slice(-1);
  return last in UNIT_SECONDS ? (last as keyof typeof UNIT_SECONDS) : 's';
}
