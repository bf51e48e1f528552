'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button';
import type { Matches, XtermScreen } from './xterm-screen';

interface SearchBoxProps {
  screen: XtermScreen;
  onClose: () => void;
}

/** Searches what a terminal shows and what has scrolled away above it. */
export function SearchBox({ screen, onClose }: SearchBoxProps) {
  const [text, setText] = useState('');
  const [matches, setMatches] = useState<Matches>();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    const unwatch = screen.onMatches(setMatches);
    return () => {
      unwatch();
      screen.endFind();
    };
  }, [screen]);
  const find = (direction: 'next' | 'previous') => text !== '' && screen.find(text, direction);
  return (
    <search
      className="flex flex-wrap items-center gap-1 border-line border-b bg-surface px-2 py-1"
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <input
        ref={input}
        type="search"
        aria-label="Search in the terminal"
        placeholder="Search"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          if (target.value === '') screen.endFind();
          else screen.find(target.value, 'next', true);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') find(event.shiftKey ? 'previous' : 'next');
        }}
        className="h-7 min-w-24 flex-1 basis-24 rounded-md border border-line-strong bg-raised px-2 text-[13px]"
      />
      <span role="status" className="min-w-14 text-muted text-xs tabular-nums">
        {text !== '' && matches && matchText(matches)}
      </span>
      <Button size="small" look="quiet" onClick={() => find('previous')}>
        Previous
      </Button>
      <Button size="small" look="quiet" onClick={() => find('next')}>
        Next
      </Button>
      <Button size="small" look="quiet" aria-label="Close the search" onClick={onClose}>
        Close
      </Button>
    </search>
  );
}

function matchText({ at, count }: Matches): string {
  if (count === 0) return 'Not found';
  return at < 0 ? `${count} or more` : `${at + 1} of ${count}`;
}
