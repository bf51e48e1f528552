import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { CalmAnnouncer } from '@/components/ui/calm-announcer';
import { SkipLink } from '@/components/ui/skip-link';
import { BOOT_SCRIPT } from './boot-script';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Warren', template: '%s · Warren' },
  description: 'A real PostgreSQL in your browser tab, and a link that shares it.',
  robots: { index: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f4f2ef' },
    { media: '(prefers-color-scheme: dark)', color: '#151214' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    // The boot script sets data-theme, and browsers hide nonces from scripts: both differ on hydration.
    <html lang="en" suppressHydrationWarning>
      <head>
        <script
          nonce={nonce}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, not input
          dangerouslySetInnerHTML={{ __html: BOOT_SCRIPT }}
        />
      </head>
      <body>
        <SkipLink />
        {children}
        <CalmAnnouncer />
      </body>
    </html>
  );
}
