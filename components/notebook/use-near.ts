import { type RefObject, startTransition, useEffect, useState } from 'react';

/** What is looked at soon, in CSS pixels around the viewport: an editor or a result is there before it is scrolled to. */
export const EDITOR_MARGIN_PX = 300;
export const RESULT_MARGIN_PX = 1200;

type Listener = (near: boolean) => void;

interface Watch {
  readonly observer: IntersectionObserver;
  readonly listeners: Map<Element, Listener>;
}

/** One observer for each margin serves all cells. */
const watches = new Map<number, Watch>();

/** Calls back when an element comes near the viewport, and when it leaves. */
export function watchNear(element: Element, marginPx: number, listener: Listener): () => void {
  const { observer, listeners } = watchFor(marginPx);
  listeners.set(element, listener);
  observer.observe(element);
  return () => {
    listeners.delete(element);
    observer.unobserve(element);
  };
}

/** True while an element is near the viewport; what it makes visible may be shown when there is time. */
export function useNear(element: RefObject<Element | null>, marginPx: number): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    return watchNear(element.current, marginPx, (now) => startTransition(() => setNear(now)));
  }, [element, marginPx]);
  return near;
}

function watchFor(marginPx: number): Watch {
  const present = watches.get(marginPx);
  if (present) return present;
  const listeners = new Map<Element, Listener>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting);
    },
    { rootMargin: `${marginPx}px 0px` },
  );
  const watch = { observer, listeners };
  watches.set(marginPx, watch);
  return watch;
}
