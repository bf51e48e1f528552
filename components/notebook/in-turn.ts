import { whenIdle } from '../editor/when-idle';

const waiting = new Set<() => void>();
let isPlanned = false;

/**
 * Does a piece of work when the page is idle, one piece an idle moment, in the order asked for: a hundred results that
 * come into view at once are no single long task. @returns takes it back if it has not begun
 */
export function inTurn(work: () => void): () => void {
  waiting.add(work);
  plan();
  return () => waiting.delete(work);
}

function plan(): void {
  if (isPlanned || waiting.size === 0) return;
  isPlanned = true;
  whenIdle(() => {
    isPlanned = false;
    const [next] = waiting;
    if (!next) return;
    waiting.delete(next);
    next();
    plan();
  });
}
