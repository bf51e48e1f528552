import type { IncomingMessage } from 'node:http';

/** The address a request comes from: the socket's, or what the trusted proxies before us wrote. */
export function addressOf(request: IncomingMessage, trustProxyHops: number): string {
  const direct = plainAddress(request.socket.remoteAddress);
  if (trustProxyHops === 0) return direct;
  const header = request.headers['x-forwarded-for'];
  const hops = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',');
  // Each proxy appends whom it saw; only the last `trustProxyHops` entries are by proxies of ours.
  const claimed = hops.at(-trustProxyHops)?.trim();
  return claimed ? plainAddress(claimed) : direct;
}

/** An IPv4 address in IPv6 clothes reads as IPv4. */
export function plainAddress(address: string | undefined): string {
  return (address ?? 'unknown').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, '');
}

/** What counts as one visitor: an IPv4 address, or the /64 that an IPv6 visitor has all to itself. */
export function addressKey(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const groups = tail === undefined ? before : [...before, ...zeros, ...after];
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/** A peer on this machine, for whom encryption protects nothing. */
export function isLoopback(address: string | undefined): boolean {
  const plain = plainAddress(address);
  return plain.startsWith('127.') || plain === '::1';
}
