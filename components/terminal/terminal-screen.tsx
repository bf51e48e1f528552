'use client';

import { useEffect, useRef } from 'react';
import { useCell } from '../state/cell';
import { useTheme } from '../ui/theme';
import { terminalLook } from './terminal-look';
import type { ScreenEvents, XtermScreen } from './xterm-screen';

interface TerminalScreenProps {
  screen: XtermScreen;
  /** Id of the text that tells how the focus gets out. */
  hint: string;
  events: ScreenEvents;
}

/** The place where a terminal is shown. */
export function TerminalScreen({ screen, hint, events }: TerminalScreenProps) {
  const place = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const cell = terminalLook();
  const look = useCell(cell, cell.get());
  useEffect(() => screen.setLook(look, theme), [screen, look, theme]);
  useEffect(() => {
    if (place.current) return screen.mount(place.current, events, hint);
  }, [screen, events, hint]);
  return <div ref={place} className="absolute inset-x-2 inset-y-1 overflow-hidden" />;
}
