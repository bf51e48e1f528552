'use client';

import Link from 'next/link';
import { useEffect } from 'react';
import { MachineStatus } from '../machine/machine-status';
import { playgrounds } from '../playgrounds/store';
import { playgroundTitle } from '../playgrounds/title';
import { ShareButton } from '../share/share-button';
import { useCell } from '../state/cell';
import { Logo } from '../ui/logo';
import { ThemeToggle } from '../ui/theme-toggle';
import type { Session } from './session';
import { useSummary } from './use-summary';

interface WorkbenchHeaderProps {
  playground: string;
  session: Session | undefined;
}

export function WorkbenchHeader({ playground, session }: WorkbenchHeaderProps) {
  const owned = useCell(playgrounds, []).find(({ id }) => id === playground);
  const title = playgroundTitle({ id: playground, name: owned?.name ?? '' });
  useEffect(() => {
    document.title = `${title} · Warren`;
  }, [title]);
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-line border-b px-3 py-2">
      <Link
        href="/"
        prefetch={false}
        aria-label="Warren, home page"
        className="flex items-center gap-2 rounded-md font-semibold tracking-tight"
      >
        <Logo className="size-7" />
        <span className="hidden sm:inline">Warren</span>
      </Link>
      <h1 className="min-w-0 truncate text-muted text-sm">{title}</h1>
      <div className="order-last w-full sm:order-none sm:ml-auto sm:w-auto">
        <MachineStatus {...useSummary(session)} />
      </div>
      <div className="ml-auto flex items-center gap-1 sm:ml-2">
        <ThemeToggle />
        <ShareButton session={session} />
      </div>
    </header>
  );
}
