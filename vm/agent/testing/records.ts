/** Channels of rules X2, X3 and T2. */
export const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, signal: 3, exit: 4, size: 5 } as const;

const MAX_RECORD_BYTES = 32_765;

/** Rule X1: one record. */
export function record(channel: number, bytes: Uint8Array): Buffer {
  if (bytes.length > MAX_RECORD_BYTES) throw new RangeError(`a record of ${bytes.length} bytes`);
  const header = Buffer.from([channel, bytes.length & 0xff, bytes.length >>> 8]);
  return Buffer.concat([header, bytes]);
}

export function stdin(bytes: string | Uint8Array): Buffer {
  return record(CHANNEL.stdin, Buffer.from(bytes as Uint8Array));
}

export interface ExecOutput {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly exit: number;
}

/** Reads a whole stream of records from the guest; throws where it breaks rule X3. */
export function readRecords(bytes: Buffer): ExecOutput {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  let exit: number | undefined;
  for (let at = 0; at < bytes.length; ) {
    if (exit !== undefined) throw new Error('a record behind the exit code');
    const channel = bytes.readUInt8(at);
    const length = bytes.readUInt16LE(at + 1);
    const payload = bytes.subarray(at + 3, at + 3 + length);
    if (payload.length !== length) throw new Error('a record is cut short');
    if (channel === CHANNEL.stdout) stdout.push(payload);
    else if (channel === CHANNEL.stderr) stderr.push(payload);
    else if (channel === CHANNEL.exit && length === 1) exit = payload[0];
    else throw new Error(`a record of channel ${channel} with ${length} bytes`);
    at += 3 + length;
  }
  if (exit === undefined) throw new Error('no exit code');
  return { stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr), exit };
}
