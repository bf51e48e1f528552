/**
 * The same values, each asked for while the one before it is still being used: so that the next piece is compressed while
 * one is sent. One value waits at most.
 */
export async function* ahead<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const values = source[Symbol.asyncIterator]();
  const ask = () => {
    const asked = values.next();
    // It is awaited below, or given up; either way nobody should hear of it in between.
    asked.catch(() => {});
    return asked;
  };
  let next = ask();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = ask();
      yield value;
    }
  } finally {
    // A generator finishes the value it is at before it returns.
    await next.catch(() => {});
    await values.return?.();
  }
}
