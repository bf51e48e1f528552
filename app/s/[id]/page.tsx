import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { OpenPage } from '@/components/snapshot/open-page';
import { isSnapshotId } from '@/components/snapshot/snapshot-link';

export const metadata: Metadata = { title: 'Snapshot' };

export default async function SnapshotPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isSnapshotId(id)) notFound();
  return <OpenPage key={id} id={id} />;
}
