'use client';

import { type ComponentType, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Session } from '../playground/session';
import { HeightHandle } from '../ui/height-handle';
import { clampHeight, highest, LOWEST_PX } from './dock-memory';
import type { DockTabsProps } from './dock-tabs';
import type { DockState } from './use-dock';

/** For the button that opens and closes it. */
export const DOCK_ID = 'tools';

interface DockProps {
  session: Session;
  dock: DockState;
}

/** The tools under the notebook: over all of a narrow screen. Once opened it stays, hidden when it is closed. */
export function Dock({ session, dock }: DockProps) {
  const { isShown, isAskedFor, tab } = dock;
  const section = useRef<HTMLElement>(null);
  const Tabs = useDockTabs(isShown);
  const height = useWindowed(dock.height);
  useScrollRoom(isShown ? height : 0);
  useLayoutEffect(() => {
    if (isShown || !section.current?.contains(document.activeElement)) return;
    document.querySelector<HTMLElement>(`button[aria-controls=${DOCK_ID}]`)?.focus();
  }, [isShown]);
  if (!Tabs) return null;
  return (
    <section
      ref={section}
      id={DOCK_ID}
      aria-label="Tools"
      hidden={!isShown}
      style={{ height }}
      className="sticky bottom-0 z-20 flex shrink-0 flex-col bg-surface shadow-float [&[hidden]]:hidden max-sm:fixed max-sm:inset-0 max-sm:z-40 max-sm:h-dvh!"
    >
      <HeightHandle
        label="Height of the tools"
        controls={DOCK_ID}
        edge="upper"
        height={height}
        lowest={LOWEST_PX}
        highest={highest(window.innerHeight)}
        onHeight={dock.setHeight}
        className="max-sm:hidden"
      />
      <Tabs
        session={session}
        tab={tab}
        isOpen={isShown}
        isAskedFor={isAskedFor}
        onTab={dock.choose}
        onClose={dock.close}
      />
    </section>
  );
}

/** The tabs' code, once the dock is opened. */
function useDockTabs(isOpen: boolean) {
  const [Tabs, setTabs] = useState<ComponentType<DockTabsProps>>();
  useEffect(() => {
    if (!isOpen || Tabs) return;
    import('./dock-tabs').then(
      ({ DockTabs }) => setTabs(() => DockTabs),
      // Opened again it is tried again.
      () => {},
    );
  }, [isOpen, Tabs]);
  return Tabs;
}

/** What is kept may come from a larger window. */
function useWindowed(height: number): number {
  const [shown, setShown] = useState(height);
  useEffect(() => {
    const look = () => setShown(clampHeight(height, window.innerHeight));
    look();
    window.addEventListener('resize', look);
    return () => window.removeEventListener('resize', look);
  }, [height]);
  return shown;
}

/** What gets the focus is scrolled to above the dock, not behind it. */
function useScrollRoom(height: number): void {
  useEffect(() => {
    const { style } = document.documentElement;
    style.scrollPaddingBottom = `${height}px`;
    return () => {
      style.scrollPaddingBottom = '';
    };
  }, [height]);
}
