'use client';

import { NoLink } from './no-link';
import { openEarly } from './open-session';
import { useOpened } from './use-opened';
import { Workbench } from './workbench';

if (typeof window !== 'undefined') openEarly();

export function Playground({ id }: { id: string }) {
  const opened = useOpened(id);
  if (opened?.kind === 'stranger') return <NoLink playground={id} why={opened.why} />;
  return <Workbench playground={id} session={opened?.session} />;
}
