/** A page that is never idle is not made to wait for ever. */
const IDLE_LIMIT_MS = 3000;

/** Calls `then` when the page has nothing better to do. Safari knows no idle callbacks. */
export function whenIdle(then: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const request = requestIdleCallback(then, { timeout: IDLE_LIMIT_MS });
    return () => cancelIdleCallback(request);
  }
  const timer = setTimeout(then);
  return () => clearTimeout(timer);
}
