import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './config';

export type Log = Logger;

/** Fields that could carry a secret; they are cut wherever they appear in a log line. */
const REDACTED = [
  'secret',
  'ticket',
  'token',
  'uploadToken',
  'verifier',
  'password',
  'authorization',
  'cookie',
  '*.secret',
  '*.ticket',
  '*.token',
  '*.uploadToken',
  '*.verifier',
  '*.password',
  '*.authorization',
  '*.cookie',
  '*["sec-websocket-protocol"]',
];

/** The process's log: JSON lines on standard output, one child for each request or connection. */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: REDACTED, censor: '[cut]' },
  };
  return destination ? pino(options, destination) : pino(options);
}
