let down = false;

if (typeof window !== 'undefined') {
  const set = (now: boolean) => () => {
    down = now;
  };
  window.addEventListener('pointerdown', set(true), { capture: true });
  window.addEventListener('pointerup', set(false), { capture: true });
  window.addEventListener('pointercancel', set(false), { capture: true });
}

/**
 * Calls `then` now, or when the press of a pointer that is under way is over. What moves the page while a button is
 * being pressed makes the press miss.
 */
export function afterPointer(then: () => void): void {
  if (!down) {
    then();
    return;
  }
  const over = new AbortController();
  const end = () => {
    over.abort();
    setTimeout(then);
  };
  window.addEventListener('pointerup', end, over);
  window.addEventListener('pointercancel', end, over);
}
