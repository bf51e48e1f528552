const SECURITY_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  // A playground's address names it; no other site needs to learn it.
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  },
];

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  devIndicators: false,
  // The server listens on 127.0.0.1 and says so; Next expects localhost in development.
  allowedDevOrigins: ['127.0.0.1'],
  // y-monaco asks for all of Monaco; it is to have the editor that components/editor/monaco-setup.ts puts together.
  turbopack: {
    resolveAlias: { 'monaco-editor/esm/vs/editor/editor.api.js': 'monaco-editor/editor' },
  },
  // `tsc` checks all rooms of the house in CI; a server's first start need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [{ source: '/:path*', headers: SECURITY_HEADERS }],
};

export default config;
