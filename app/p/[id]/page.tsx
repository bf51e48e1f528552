import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Playground } from '@/components/playground/playground';
import { isPlaygroundId } from '@/lib/access/ids';

export const metadata: Metadata = { title: 'Playground' };

export default async function PlaygroundPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isPlaygroundId(id)) notFound();
  return <Playground key={id} id={id} />;
}
