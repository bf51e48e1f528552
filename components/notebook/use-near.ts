import { type RefObject, startTransition, useEffect, useState } from 'react';
import { inTurn } from './in-turn';

/** What is looked at soon, in CSS pixels around the viewport: an editor or a result is there before it is scrolled to. */
export const EDITOR_MARGIN_PX = 300;
export const RESULT_MARGIN_PX = 1200;

/** @param heightPx of the element, which the browser knows at that moment without laying the page out again */
type Listener = (near: boolean, heightPx: number) => void;

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

/** Whether an element is near the viewport, and how high it was at the last change of that. */
export interface Nearness {
  readonly near: boolean;
  readonly heightPx: number | undefined;
}

/** What it makes visible may be shown when there is time. */
export function useNear(element: RefObject<Element | null>, marginPx: number): Nearness {
  const [nearness, setNearness] = useState<Nearness>({ near: false, heightPx: undefined });
  useEffect(() => {
    if (!element.current) return;
    let takeBack = () => {};
    const stop = watchNear(element.current, marginPx, (near, heightPx) => {
      takeBack();
      takeBack = inTurn(() => startTransition(() => setNearness({ near, heightPx })));
    });
    return () => {
      stop();
      takeBack();
    };
  }, [element, marginPx]);
  return nearness;
}

function watchFor(marginPx: number): Watch {
  const present = watches.get(marginPx);
  if (present) return present;
  const listeners = new Map<Element, Listener>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, boundingClientRect } of entries) {
        listeners.get(target)?.(isIntersecting, boundingClientRect.height);
      }
    },
    { rootMargin: `${marginPx}px 0px` },
  );
  const watch = { observer, listeners };
  watches.set(marginPx, watch);
  return watch;
}
