'use client';

import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import { noticeOf, type TabAction } from './notice-of';
import type { TerminalDesk } from './terminal-desk';
import type { TerminalTab } from './terminal-tab';
import type { XtermScreen } from './xterm-screen';

const LABELS: Readonly<Record<TabAction, string>> = {
  'take-back': 'Take it back',
  'try-again': 'Try again',
  'start-again': 'Start again',
};

interface TerminalNoticeProps {
  desk: TerminalDesk<XtermScreen>;
  tab: TerminalTab<XtermScreen>;
}

/** What somebody has to know of a terminal that is not simply there. */
export function TerminalNotice({ desk, tab }: TerminalNoticeProps) {
  const state = useCell(tab.state, tab.state.get());
  const reach = useCell(desk.reach, desk.reach.get());
  const overflowed = useCell(tab.overflowed, false);
  const notice = noticeOf(tab.label, state, reach, overflowed);
  return (
    // There from the start, so that what comes into it is announced.
    <div role="status" className={notice ? 'border-line border-t bg-sunken px-3 py-1.5' : ''}>
      {notice && (
        <div className="flex flex-wrap items-center justify-between gap-2 text-[13px]">
          <span className="text-pretty">{notice.text}</span>
          {notice.action && (
            <Button
              size="small"
              disabled={reach.kind !== 'open'}
              onClick={() => {
                desk.attach(tab);
                tab.screen.focus();
              }}
            >
              {LABELS[notice.action]}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
