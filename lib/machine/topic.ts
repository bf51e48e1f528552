/** A value that changes and those who watch it: a new listener hears the present value at once. */
export class Topic<T> {
  readonly #listeners = new Set<(value: T) => void>();
  #value: T | undefined;

  constructor(initial?: T) {
    this.#value = initial;
  }

  publish(value: T): void {
    this.#value = value;
    for (const listener of [...this.#listeners]) listener(value);
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    if (this.#value !== undefined) listener(this.#value);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
