import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';

/**
 * Begins a PUT and sends only the first part of its body; the rest never comes. Resolves once the server has begun to
 * serve it and that part is on its way.
 */
export async function beginPut(
  url: string,
  options: { readonly token: string; readonly length: number; readonly sent: Uint8Array },
): Promise<ClientRequest> {
  const begun = request(url, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${options.token}`,
      'content-length': options.length,
      expect: '100-continue',
    },
    agent: false,
  });
  begun.flushHeaders();
  await once(begun, 'continue');
  begun.on('error', () => undefined);
  await new Promise<void>((resolve) => begun.write(options.sent, () => resolve()));
  return begun;
}
