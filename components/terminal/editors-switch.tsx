'use client';

import { useEffect, useId, useState } from 'react';
import type { HostedMachine } from '../playground/hosted-machine';
import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import { keepEditorsMayOpen, mayEditorsOpen } from './editors-allowed';
import type { TerminalDesk } from './terminal-desk';

interface EditorsSwitchProps {
  playground: string;
  machine: HostedMachine;
  desk: TerminalDesk;
}

/** The owner's switch in the tab that runs the machine. Turned off, it ends what editors have open. */
export function EditorsSwitch({ playground, machine, desk }: EditorsSwitchProps) {
  const warning = useId();
  const [isAllowed, setAllowed] = useState(() => mayEditorsOpen(playground));
  const listing = useCell(desk.listing, { kind: 'asking' });
  useEffect(() => machine.allowTerminals(isAllowed), [machine, isAllowed]);
  const allow = (allowed: boolean) => {
    setAllowed(allowed);
    keepEditorsMayOpen(playground, allowed);
    machine.allowTerminals(allowed);
    if (!allowed) void desk.refresh().then(() => desk.endEditors());
  };
  const count = listing.kind === 'known' ? listing.editors.length : 0;
  return (
    <div className="flex flex-wrap items-center gap-x-2">
      <label className="flex items-center gap-1.5 text-ink">
        <input
          type="checkbox"
          aria-describedby={warning}
          checked={isAllowed}
          onChange={({ target }) => allow(target.checked)}
          className="accent-(--accent)"
        />
        Editors may open terminals
      </label>
      <span id={warning} className={isAllowed ? 'text-warn' : undefined}>
        Whoever has a terminal can reach everything in this machine, whatever their role.
      </span>
      {count > 0 && (
        <Button size="small" look="quiet" onClick={() => desk.endEditors()}>
          End editors’ terminals ({count})
        </Button>
      )}
    </div>
  );
}
