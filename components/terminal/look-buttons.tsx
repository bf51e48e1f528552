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
        <span aria-hidden>A−</span>
      </Button>
      <Button
        size="small"
        look="quiet"
        aria-label="Larger text"
        title={`Larger text (now ${fontSize} pixels)`}
        disabled={fontSize >= FONT_SIZES.most}
        onClick={() => changeLook({ fontSize: fontSize + 1 })}
      >
        <span aria-hidden>A+</span>
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
