'use client';

import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import { changeLook, FONT_SIZES, terminalLook } from './terminal-look';

/** Font size and screen reader mode, for all terminals. */
export function LookButtons() {
  const cell = terminalLook();
  const { fontSize, screenReader } = useCell(cell, cell.get());
  return (
    <>
      <Button
        size="small"
        look="quiet"
        aria-label="Smaller text"
        title={`Smaller text (now ${fontSize} pixels)`}
        disabled={fontSize <= FONT_SIZES.least}
        onClick={() => changeLook({ fontSize: fontSize - 1 })}
      >
        <Letter sign="M14 8h5" />
      </Button>
      <Button
        size="small"
        look="quiet"
        aria-label="Larger text"
        title={`Larger text (now ${fontSize} pixels)`}
        disabled={fontSize >= FONT_SIZES.most}
        onClick={() => changeLook({ fontSize: fontSize + 1 })}
      >
        <Letter sign="M14 8h5M16.5 5.5v5" />
      </Button>
      <Button
        size="small"
        look="quiet"
        aria-pressed={screenReader}
        title="Reads out what programs write. Slower."
        className={screenReader ? 'bg-accent-soft text-ink' : ''}
        onClick={() => changeLook({ screenReader: !screenReader })}
      >
        Screen reader mode
      </Button>
    </>
  );
}

/** An A with a sign, drawn: text here would have to be part of the button's name. */
function Letter({ sign }: { sign: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className="size-4.5" fill="none">
      <path
        d={`M2.5 16 7 4.5 11.5 16M4 12.2h6${sign}`}
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
