import { useEffect, useState } from 'react';

export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly value: T }
  /** `message` is a sentence for people. */
  | { readonly kind: 'failed'; readonly message: string };

/**
 * What a promise brings, begun once for each `key`.
 * @param load not called again until `key` changes
 */
export function useLoaded<T>(key: unknown, load: () => Promise<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ kind: 'loading' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is a new function each time, `key` says when it loads something else
  useEffect(() => {
    let isCurrent = true;
    setLoaded({ kind: 'loading' });
    load().then(
      (value) => isCurrent && setLoaded({ kind: 'loaded', value }),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        if (isCurrent) setLoaded({ kind: 'failed', message });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return loaded;
}
