import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { addressKey, addressOf, isLoopback, plainAddress } from './address';

const request = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage;

describe('an address', () => {
  it('is the socket’s when no proxy is trusted', () => {
    expect(addressOf(request('10.0.0.1', '1.2.3.4'), 0)).toBe('10.0.0.1');
  });

  it('is what the outermost trusted proxy saw, whatever a visitor wrote before it', () => {
    const forged = '6.6.6.6, 1.2.3.4, 10.0.0.2';
    expect(addressOf(request('10.0.0.1', forged), 1)).toBe('10.0.0.2');
    expect(addressOf(request('10.0.0.1', forged), 2)).toBe('1.2.3.4');
    expect(addressOf(request('10.0.0.1'), 1)).toBe('10.0.0.1');
  });

  it('in IPv6 clothes is IPv4', () => {
    expect(plainAddress('::ffff:1.2.3.4')).toBe('1.2.3.4');
  });

  it.each([
    ['1.2.3.4', '1.2.3.4'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s counts as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });

  it.each([
    ['127.0.0.1', true],
    ['::ffff:127.9.9.9', true],
    ['::1', true],
    ['128.0.0.1', false],
    [undefined, false],
  ])('%s is loopback: %s', (address, expected) => {
    expect(isLoopback(address)).toBe(expected);
  });
});
