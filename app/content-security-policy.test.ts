import { expect, test } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy';

const policyFor = (host: string) =>
  contentSecurityPolicy({ nonce: 'n0nce', host, development: false });

test('scripts need the nonce and never unsafe-inline', () => {
  const scripts = policyFor('localhost:3000')
    .split('; ')
    .find((directive) => directive.startsWith('script-src'));
  expect(scripts).toBe("script-src 'self' 'nonce-n0nce' 'strict-dynamic' 'wasm-unsafe-eval'");
});

test('the own host is named for WebSockets', () => {
  expect(policyFor('warren.example:8443')).toContain('wss://warren.example:8443');
  expect(policyFor('[::1]:3000')).toContain('ws://[::1]:3000');
});

test('a forged Host header adds nothing to the policy', () => {
  expect(policyFor('x; script-src *')).not.toContain('script-src *');
  expect(policyFor('evil.example *')).not.toContain('evil');
});
