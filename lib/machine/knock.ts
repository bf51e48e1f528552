import type { Duplex } from '../mux/duplex';
import { REQUEST_CODES } from '../postgres/protocol-version';
import { MachineError } from './errors';

const SSL_REQUEST_BYTES = 8;

/**
 * Sees that PostgreSQL answers, at the least cost there is: an SSLRequest, which the postmaster's child answers
 * with one byte before it becomes a session. A whole session costs ten times as much in a machine that was just
 * restored, and the page's own comes next.
 * @throws MachineError `postgres-silent`
 */
export function knockPostgres(stream: Duplex, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(
        new MachineError(
          'postgres-silent',
          `The machine runs, but PostgreSQL in it does not answer (${why}). Restart it.`,
        ),
      );
    };
    const timer = setTimeout(() => {
      stream.reset('timeout');
      fail('it took too long');
    }, timeoutMs);
    stream.attach({
      data() {
        clearTimeout(timer);
        stream.reset('ok');
        resolve();
      },
      end: () => fail('it closed the connection'),
      reset: ({ text }) => fail(text),
      drain() {},
    });
    stream.write(sslRequest());
  });
}

function sslRequest(): Uint8Array {
  const bytes = new Uint8Array(SSL_REQUEST_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, SSL_REQUEST_BYTES);
  view.setUint32(4, REQUEST_CODES.ssl);
  return bytes;
}
