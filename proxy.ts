import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from './app/content-security-policy';

/** Gives every page its own nonce; Next puts it on its scripts because it finds it in the request's policy. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const policy = contentSecurityPolicy({
    nonce,
    host: request.headers.get('host') ?? '',
    development: process.env.NODE_ENV === 'development',
  });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = {
  matcher: [
    {
      // Files and JSON carry no scripts; pages do.
      source: '/((?!api/|vm/|machine/|_next/static/|_next/image|relay/|metrics$|icon\\.svg$).*)',
      missing: [
        { type: 'header', key: 'next-router-prefetch' },
        { type: 'header', key: 'purpose', value: 'prefetch' },
      ],
    },
  ],
};
