import { howEnded } from './end-text';
import type { TerminalReach } from './terminal-reach';
import type { TabState } from './terminal-tab';

/** What somebody can do about it; all of them attach again. */
export type TabAction = 'take-back' | 'try-again' | 'start-again';

export interface TabNotice {
  readonly text: string;
  readonly action?: TabAction;
}

/** What is to be told of a terminal in this state; undefined when it is simply there, or about to be. */
export function noticeOf(
  label: string,
  state: TabState,
  reach: TerminalReach,
  overflowed: boolean,
): TabNotice | undefined {
  switch (state.kind) {
    case 'attaching':
      return undefined;
    case 'open':
      return overflowed
        ? { text: 'That was too much to paste at once. The last of it was not sent.' }
        : undefined;
    case 'away':
      return {
        text:
          reach.kind === 'open'
            ? 'The connection to this terminal was cut. It is being connected again…'
            : reach.reason,
      };
    case 'taken':
      return {
        text: 'This terminal is open in another tab. What runs in it goes on.',
        action: 'take-back',
      };
    case 'refused':
      return { text: state.text, action: 'try-again' };
    case 'gone':
      return {
        text: 'The machine began anew, and this terminal ended with the one before.',
        action: 'start-again',
      };
    case 'ended':
      return {
        text: `${howEnded(label, state.exitCode)} Press Enter to close.`,
        action: 'start-again',
      };
  }
}
