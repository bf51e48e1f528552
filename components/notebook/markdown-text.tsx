'use client';

import { type ComponentType, useEffect, useState } from 'react';

interface MarkdownTextProps {
  source: string;
}

let loaded: ComponentType<MarkdownTextProps> | undefined;

/** Markdown, rendered once the code for it has come; until then as it is written. */
export function MarkdownText({ source }: MarkdownTextProps) {
  const [View, setView] = useState<ComponentType<MarkdownTextProps> | undefined>(() => loaded);
  useEffect(() => {
    if (View) return;
    import('./markdown-view').then(
      ({ MarkdownView }) => {
        loaded = MarkdownView;
        setView(() => MarkdownView);
      },
      // Its source says the same.
      () => {},
    );
  }, [View]);
  return View ? <View source={source} /> : <p className="whitespace-pre-wrap">{source}</p>;
}
