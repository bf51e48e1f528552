import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { Playground } from '@/components/playground/playground';
import { isPlaygroundId } from '@/lib/access/ids';
import headStart from '../../head-start.json';

/** Inside a page's script nothing may look like its end. */
const HEAD_START = headStart.code.replaceAll('</', '<\\/');

export const metadata: Metadata = { title: 'Playground' };

export default async function PlaygroundPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isPlaygroundId(id)) notFound();
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <>
      <script
        nonce={nonce}
        // Browsers hide nonces from scripts, so this differs on hydration.
        suppressHydrationWarning
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own code, bundled with the Worker
        dangerouslySetInnerHTML={{ __html: HEAD_START }}
      />
      <Playground key={id} id={id} />
    </>
  );
}
