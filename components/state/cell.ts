import { useSyncExternalStore } from 'react';

/** A value that changes outside React and tells who listens. */
export interface Readable<T> {
  get(): T;
  subscribe(listener: () => void): () => void;
}

export class Cell<T> implements Readable<T> {
  private value: T;
  private readonly listeners = new Set<() => void>();

  constructor(initial: T) {
    this.value = initial;
  }

  readonly get = (): T => this.value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(next: T): void {
    if (Object.is(next, this.value)) return;
    this.value = next;
    for (const listener of [...this.listeners]) listener();
  }
}

/** The cell's value; `onServer` is what the server rendered and what hydration starts from. */
export function useCell<T>(cell: Readable<T>, onServer: T): T {
  return useSyncExternalStore(cell.subscribe, cell.get, () => onServer);
}

/** A cell that is and stays empty, for what is not there yet. */
export const NEVER: Readable<undefined> = { get: () => undefined, subscribe: () => () => {} };
