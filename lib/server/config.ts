import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from './config-error';
import {
  chooseObjectStore,
  type ObjectStoreChoice,
  SnapshotEnvironment,
  type SnapshotSettings,
  snapshotSettings,
} from './config-snapshots';

export { ConfigError };

/** Everything the process may be told from outside, in one place and checked once. */
export interface Config {
  /** Address both ports listen on. */
  readonly host: string;
  /** Port of pages, API and WebSockets; 0 takes a free one. */
  readonly port: number;
  /** Port of the Postgres protocol; 0 takes a free one. */
  readonly pgPort: number;
  /** Absolute path of everything the process keeps. */
  readonly dataDir: string;
  /** Origin people reach the pages by, without a final slash; absent: `http://<host>:<port>`. */
  readonly publicUrl: string | undefined;
  /** What connection strings name; absent: the host of `publicUrl`. */
  readonly pgPublicHost: string | undefined;
  /** What connection strings name; absent: the port that listens. */
  readonly pgPublicPort: number | undefined;
  readonly database: DatabaseChoice;
  readonly tls: TlsChoice;
  readonly objects: ObjectStoreChoice;
  readonly snapshots: SnapshotSettings;
  readonly logLevel: LogLevel;
  /** How many reverse proxies stand before us and append to X-Forwarded-For. */
  readonly trustProxyHops: number;
  /** Without pages only the API, WebSockets and the Postgres port are served. */
  readonly pages: boolean;
  readonly development: boolean;
}

export type DatabaseChoice =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'server'; readonly url: string };

export type TlsChoice =
  | { readonly kind: 'self-signed' }
  | { readonly kind: 'files'; readonly certPath: string; readonly keyPath: string };

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number, 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'must be a port number, 0 to 65535');

const address = z
  .string()
  .refine((value) => isIP(value) !== 0 || value === 'localhost', 'must be an IP address');

const publicUrl = z
  .string()
  .refine(isOrigin, 'must be an http:// or https:// address without a path')
  .transform((value) => new URL(value).origin);

const databaseUrl = z
  .string()
  .refine(
    (value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value),
    'must be a postgres:// address',
  );

const readablePath = z.string().refine(existsSync, 'must be the path of a file that exists');

const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((value) => value === '1');

const Environment = SnapshotEnvironment.extend({
  HOST: address.default('127.0.0.1'),
  PORT: port.default(3000),
  PG_PORT: port.default(6432),
  DATA_DIR: z.string().default('.data'),
  PUBLIC_URL: publicUrl.optional(),
  PG_PUBLIC_HOST: z
    .string()
    .regex(/^[a-zA-Z0-9.:-]{1,253}$/, 'must be a host name or an IP address')
    .optional(),
  PG_PUBLIC_PORT: port.optional(),
  DATABASE_URL: databaseUrl.optional(),
  TLS_CERT: readablePath.optional(),
  TLS_KEY: readablePath.optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  TRUST_PROXY: z
    .string()
    .regex(/^\d$/, 'must be the number of proxies before this server, 0 to 9')
    .transform(Number)
    .default(0),
  WARREN_NO_PAGES: flag.default(false),
  NODE_ENV: z.string().optional(),
});

/** Reads and checks the variables; an empty one counts as absent. Throws a `ConfigError` that names each fault. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    throw ConfigError.of(
      parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`),
    );
  }
  const value = parsed.data;
  const dataDir = path.resolve(value.DATA_DIR);
  return {
    host: value.HOST,
    port: value.PORT,
    pgPort: value.PG_PORT,
    dataDir,
    publicUrl: value.PUBLIC_URL,
    pgPublicHost: value.PG_PUBLIC_HOST,
    pgPublicPort: value.PG_PUBLIC_PORT,
    database: value.DATABASE_URL
      ? { kind: 'server', url: value.DATABASE_URL }
      : { kind: 'embedded' },
    tls: chooseTls(value.TLS_CERT, value.TLS_KEY),
    objects: chooseObjectStore(value, dataDir),
    snapshots: snapshotSettings(value),
    logLevel: value.LOG_LEVEL,
    trustProxyHops: value.TRUST_PROXY,
    pages: !value.WARREN_NO_PAGES,
    development: value.NODE_ENV === 'development',
  };
}

function chooseTls(certPath: string | undefined, keyPath: string | undefined): TlsChoice {
  if (certPath && keyPath) return { kind: 'files', certPath, keyPath };
  if (!certPath && !keyPath) return { kind: 'self-signed' };
  const missing = certPath ? 'TLS_KEY' : 'TLS_CERT';
  throw ConfigError.of([`${missing} is missing: TLS_CERT and TLS_KEY go together`]);
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:';
  return isHttp && url.pathname === '/' && url.search === '' && url.hash === '' && !url.username;
}
