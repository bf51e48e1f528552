'use client';

import { useLayoutEffect, useRef } from 'react';

/** So near to its end a text is followed; further up somebody reads. */
const NEAR_PX = 24;

/** A text that grows: shown to its end, unless somebody has scrolled up. */
export function FollowingText({ label, text }: { label: string; text: string }) {
  const box = useRef<HTMLPreElement>(null);
  const follows = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it moves with the text
  useLayoutEffect(() => {
    const { current } = box;
    if (current && follows.current) current.scrollTop = current.scrollHeight;
  }, [text]);
  return (
    <pre
      ref={box}
      aria-label={label}
      role="log"
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
      }}
      className="max-h-[40dvh] min-h-24 overflow-auto whitespace-pre-wrap break-words rounded-md border border-line bg-sunken p-2 font-mono text-xs leading-5"
    >
      {text}
    </pre>
  );
}
