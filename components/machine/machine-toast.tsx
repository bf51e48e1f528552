'use client';

import { useEffect, useState } from 'react';
import type { HostedMachine } from '../playground/hosted-machine';
import { findPlayground } from '../playgrounds/store';
import { NEVER, useCell } from '../state/cell';
import { Button } from '../ui/button';
import { continuedText } from './keep-text';
import type { MachineNews } from './machine-news';

/** Time to read a sentence; bad news stays. */
const SHOWN_MS = 12_000;

interface MachineToastProps {
  playground: string;
  news: MachineNews;
  /** Absent where this tab runs none. */
  machine: HostedMachine | undefined;
}

/** What has just happened to the machine: what it continued, that it was saved, what went wrong. */
export function MachineToast({ playground, news, machine }: MachineToastProps) {
  const continued = useCell(machine?.continued ?? NEVER, undefined);
  const latest = useCell(news.latest, undefined);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!continued) return;
    const madeOf = findPlayground(playground)?.madeOf;
    news.tell(continuedText(continued, madeOf, Date.now()));
  }, [continued, playground, news]);
  useEffect(() => {
    if (!latest || latest.tone === 'bad' || held) return;
    const timer = setTimeout(news.dismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [latest, held, news]);
  const isBad = latest?.tone === 'bad';
  const close = () => {
    setHeld(false);
    news.dismiss();
  };
  return (
    <div className="pointer-events-none fixed inset-x-0 top-14 z-30 flex justify-center px-3">
      <div role="status" aria-label="News" className="max-w-xl">
        {latest && !isBad && <Told text={latest.text} onHold={setHeld} onClose={close} />}
      </div>
      {isBad && (
        <div role="alert" className="max-w-xl">
          <Told text={latest.text} isBad onHold={setHeld} onClose={close} />
        </div>
      )}
    </div>
  );
}

interface ToldProps {
  text: string;
  isBad?: boolean;
  onHold: (held: boolean) => void;
  onClose: () => void;
}

function Told({ text, isBad, onHold, onClose }: ToldProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it stays while the pointer or the focus is on it
    <div
      onFocus={() => onHold(true)}
      onBlur={() => onHold(false)}
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(false)}
      className={`pointer-events-auto flex items-center gap-3 rounded-lg border px-3.5 py-2 text-sm shadow-float ${
        isBad ? 'border-bad/40 bg-bad-soft' : 'border-line bg-raised'
      }`}
    >
      <span className="text-pretty">{text}</span>
      <Button size="small" look="quiet" onClick={onClose} aria-label="Close this message">
        Close
      </Button>
    </div>
  );
}
