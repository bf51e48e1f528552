/** What a Host header may look like; anything else is left out of the policy rather than escaped. */
const HOST = /^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i;

interface PolicyInput {
  readonly nonce: string;
  readonly host: string;
  /** React's development build evaluates strings to rebuild server stacks. */
  readonly development: boolean;
}

export function contentSecurityPolicy({ nonce, host, development }: PolicyInput): string {
  const sockets = HOST.test(host) ? ` ws://${host} wss://${host}` : '';
  const evaluation = development ? "'unsafe-eval'" : "'wasm-unsafe-eval'";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' ${evaluation}`,
    // v86 makes Workers of its own from blobs.
    "worker-src 'self' blob:",
    // Older Safari does not count WebSockets of the same host as 'self'.
    `connect-src 'self'${sockets}`,
    // Monaco writes style elements and attributes at run time.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
