'use client';

import type { ReactNode, Ref } from 'react';
import { Button } from '../ui/button';
import { LookButtons } from './look-buttons';
import type { ProgramKind } from './terminal-names';
import type { TerminalRights } from './terminal-rights';

interface TerminalToolbarProps {
  rights: TerminalRights;
  /** The machine can be reached. */
  isReached: boolean;
  hasTerminal: boolean;
  newPsql: Ref<HTMLButtonElement>;
  onNew: (kind: ProgramKind) => void;
  onSearch: () => void;
  onClose: () => void;
  /** The tabs. */
  children: ReactNode;
}

export function TerminalToolbar(props: TerminalToolbarProps) {
  const { rights, isReached, hasTerminal, newPsql, onNew, onSearch, onClose, children } = props;
  const canOpen = isReached && rights !== 'none';
  return (
    <div className="flex flex-wrap items-center gap-x-1 border-line border-b px-2 py-0.5">
      {children}
      <div className="flex flex-wrap items-center">
        <Button
          ref={newPsql}
          size="small"
          look="quiet"
          disabled={!canOpen}
          onClick={() => onNew('psql')}
        >
          New psql
        </Button>
        {rights === 'all' && (
          <>
            <Button
              size="small"
              look="quiet"
              disabled={!canOpen}
              title="As the operating-system user postgres"
              onClick={() => onNew('shell')}
            >
              New shell
            </Button>
            <Button
              size="small"
              look="quiet"
              disabled={!canOpen}
              title="A shell that may change the machine itself"
              onClick={() => onNew('root-shell')}
            >
              New root shell
            </Button>
          </>
        )}
      </div>
      <div className="ml-auto flex flex-wrap items-center">
        <LookButtons />
        <Button
          size="small"
          look="quiet"
          disabled={!hasTerminal}
          aria-keyshortcuts="Control+Shift+F"
          title="Search (Ctrl+Shift+F)"
          onClick={onSearch}
        >
          Search
        </Button>
        <Button
          size="small"
          look="quiet"
          aria-label="Close the terminal"
          title="Ends its program"
          disabled={!hasTerminal}
          onClick={onClose}
        >
          Close
        </Button>
      </div>
    </div>
  );
}
