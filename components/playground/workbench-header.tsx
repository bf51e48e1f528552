'use client';

import Link from 'next/link';
import { useEffect, useState } from 'react';
import { ToolsButton } from '../dock/tools-button';
import type { DockState } from '../dock/use-dock';
import { SaveStateStatus } from '../document/save-state';
import { KeepingMenu } from '../keeping/keeping-menu';
import { LastSaved } from '../machine/last-saved';
import { MachineMenuPlace } from '../machine/machine-menu-place';
import type { MachineNews } from '../machine/machine-news';
import { MachineStatus } from '../machine/machine-status';
import { IconButton } from '../notebook/icon-button';
import type { NotebookActions } from '../notebook/notebook-actions';
import { NotebookTitle } from '../notebook/notebook-title';
import { PeopleAvatars } from '../notebook/people-avatars';
import { ShareButton } from '../share/share-button';
import { NEVER, useCell } from '../state/cell';
import { Button } from '../ui/button';
import { Logo } from '../ui/logo';
import { ThemeToggle } from '../ui/theme-toggle';
import type { HostedMachine } from './hosted-machine';
import type { Session } from './session';
import { useSummary } from './use-summary';
import { useTitle } from './use-title';
import { SIDE_ID } from './workbench-side';

interface WorkbenchHeaderProps {
  playground: string;
  session: Session | undefined;
  actions: NotebookActions | undefined;
  /** Absent where this tab runs none. */
  machine: HostedMachine | undefined;
  news: MachineNews;
  dock: DockState;
  /** Shows the panels, or hides them. */
  onSide: () => void;
}

export function WorkbenchHeader(props: WorkbenchHeaderProps) {
  const { playground, session, actions, machine, news, dock, onSide } = props;
  const document = actions?.document;
  const title = useTitle(playground, session, document);
  const mayEdit = useCell<boolean | undefined>(document?.mayEdit ?? NEVER, undefined) ?? false;
  const [isMoreOpen, setMoreOpen] = useState(false);
  useEffect(() => {
    window.document.title = `${title} · Warren`;
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
      </Link>
      <div className="flex min-w-0 flex-1 basis-24 items-center">
        <NotebookTitle actions={actions} title={title} mayEdit={mayEdit} />
      </div>
      <div className="flex items-center gap-1 sm:order-last">
        <Button
          size="small"
          look="quiet"
          aria-expanded={isMoreOpen}
          onClick={() => setMoreOpen((open) => !open)}
          className="md:hidden"
        >
          More
        </Button>
        <ThemeToggle />
        <ToolsButton dock={dock} />
        <IconButton
          name="Panels"
          title="Show or hide the panels"
          icon="panels"
          aria-controls={SIDE_ID}
          onClick={onSide}
          className="size-9"
        />
        <ShareButton session={session} />
      </div>
      <div className="flex min-w-0 max-sm:w-full items-center gap-x-4 gap-y-1">
        <MachineStatus {...useSummary(session)} />
        {document && <SaveStateStatus document={document} />}
        {machine && <LastSaved machine={machine} />}
        {document && <PeopleAvatars document={document} />}
      </div>
      {session && document && (
        <div
          className={`flex flex-wrap items-center gap-1 ${
            isMoreOpen ? 'max-md:order-last max-md:w-full' : 'max-md:hidden'
          }`}
        >
          <MachineMenuPlace session={session} notebook={document} title={title} news={news} />
          <KeepingMenu document={document} session={session} />
        </div>
      )}
    </header>
  );
}
