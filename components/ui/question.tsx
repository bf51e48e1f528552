'use client';

import { type ReactNode, useState } from 'react';
import { Button } from './button';
import { Notice } from './notice';

interface QuestionProps {
  /** The button that leads to the question; also its accessible name unless `name` is given. */
  label: string;
  name?: string;
  title: string;
  /** What follows from a yes. */
  children: ReactNode;
  yes: string;
  no: string;
  onYes: () => void;
  disabled?: boolean;
}

/** A button whose effect cannot be undone: it asks first, in place. Escape and the first focus are the safe answer. */
export function Question(props: QuestionProps) {
  const [asked, setAsked] = useState<'never' | 'now' | 'before'>('never');
  const back = () => setAsked('before');
  if (asked !== 'now') {
    return (
      <Button
        size="small"
        disabled={props.disabled}
        aria-label={props.name}
        // The focus comes back to where it was when the question goes.
        autoFocus={asked === 'before'}
        onClick={() => setAsked('now')}
      >
        {props.label}
      </Button>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape anywhere in the question answers it
    <div
      data-own-escape
      className="basis-full"
      onKeyDown={(event) => event.key === 'Escape' && back()}
    >
      <Notice
        tone="warn"
        title={props.title}
        actions={
          <>
            <Button
              look="danger"
              size="small"
              onClick={() => {
                back();
                props.onYes();
              }}
            >
              {props.yes}
            </Button>
            <Button size="small" autoFocus onClick={back}>
              {props.no}
            </Button>
          </>
        }
      >
        {props.children}
      </Notice>
    </div>
  );
}
