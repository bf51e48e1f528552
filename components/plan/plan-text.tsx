'use client';

import { useState } from 'react';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy-text';

/** What EXPLAIN printed, as it did. */
export function PlanText({ text }: { text: string }) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    setSaid((await copyText(text)) ? 'Copied' : 'The browser refused to copy.');
  };
  return (
    <div className="relative">
      <p className="absolute top-2 right-4 flex items-center gap-2 text-[13px]">
        <span aria-live="polite" className="text-ok">
          {said}
        </span>
        <Button size="small" onClick={copy}>
          Copy plan
        </Button>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a region that scrolls, named for those who reach it */}
      <pre
        role="region"
        aria-label="Plan text"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-[600px] overflow-auto p-3 font-mono text-[13px] focus-visible:-outline-offset-2"
      >
        {text}
      </pre>
    </div>
  );
}
