/** How much is under way in this page that would end with it. */
let works = 0;

/** While `work` is under way the browser asks before the tab closes or is loaded again. */
export async function stayFor<T>(work: Promise<T>): Promise<T> {
  if (works++ === 0) globalThis.window?.addEventListener('beforeunload', ask);
  try {
    return await work;
  } finally {
    if (--works === 0) globalThis.window?.removeEventListener('beforeunload', ask);
  }
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
