import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import type { StatementView } from '../query/run-view';
import { firstWords } from './summary';

/** More would only be a long row of buttons; the messages list all. */
const TAB_LIMIT = 60;

interface ResultTabsProps {
  withResult: readonly StatementView[];
  /** The number of the statement shown; undefined for the messages. */
  current: number | undefined;
  onChoose: (value: string) => void;
  /** What is shown of the chosen one. */
  children: ReactNode;
}

/** Chooses among the results of several statements. */
export function ResultTabs({ withResult, current, onChoose, children }: ResultTabsProps) {
  const shown = withResult.slice(-TAB_LIMIT);
  const value = current === undefined ? 'messages' : String(current);
  const look =
    'shrink-0 border-transparent border-b-2 px-3 py-1.5 text-[13px] text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink';
  return (
    <Tabs.Root value={value} onValueChange={onChoose} className="flex min-w-0 flex-col">
      <Tabs.List
        aria-label="Results of the statements"
        className="flex shrink-0 overflow-x-auto border-line border-b px-1"
      >
        {shown.map(({ number, sql }) => (
          <Tabs.Trigger key={number} value={String(number)} className={look}>
            <span className="text-muted tabular-nums">{number + 1}</span>{' '}
            <span className="font-mono text-xs">{firstWords(sql, 24)}</span>
          </Tabs.Trigger>
        ))}
        <Tabs.Trigger value="messages" className={look}>
          Messages
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value={value} tabIndex={-1} className="flex min-w-0 flex-col outline-none">
        {children}
      </Tabs.Content>
    </Tabs.Root>
  );
}
