'use client';

import { memo } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { safeLink } from './safe-link';
import { ScrollTable } from './scroll-table';

const PLUGINS = [remarkGfm];

/**
 * Markdown of whoever wrote it: HTML in it stays text, links lead only where `safeLink` lets them, and an image is a
 * link to it, since nothing on the page may ask another server for anything.
 */
export const MarkdownView = memo(function MarkdownView({ source }: { source: string }) {
  return (
    <div className="markdown">
      <Markdown remarkPlugins={PLUGINS} components={COMPONENTS} urlTransform={safeLink}>
        {source}
      </Markdown>
    </div>
  );
});

const COMPONENTS: Components = {
  a: ({ href, children }) => <SafeAnchor href={href}>{children}</SafeAnchor>,
  img: ({ src, alt }) => (
    <SafeAnchor href={typeof src === 'string' ? src : undefined}>{alt || 'image'}</SafeAnchor>
  ),
  // The page's own heading is the first; a text's begin below it.
  h1: ({ children }) => <h2>{children}</h2>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
  h4: ({ children }) => <h5>{children}</h5>,
  h5: ({ children }) => <h6>{children}</h6>,
  table: ({ children }) => <ScrollTable>{children}</ScrollTable>,
};

function SafeAnchor({ href, children }: { href: string | undefined; children: React.ReactNode }) {
  const safe = href && safeLink(href);
  if (!safe) return <span>{children}</span>;
  const elsewhere = !safe.startsWith('#');
  return (
    <a href={safe} rel="noopener noreferrer" target={elsewhere ? '_blank' : undefined}>
      {children}
    </a>
  );
}
