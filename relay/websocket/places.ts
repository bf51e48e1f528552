import { CountByKey } from '../count-by-key';

/** How many WebSockets of a kind may be open, in all and from one address. */
export class Places {
  readonly #most: number;
  readonly #mostPerAddress: number;
  readonly #perAddress = new CountByKey();
  #taken = 0;

  constructor(most: number, mostPerAddress: number) {
    this.#most = most;
    this.#mostPerAddress = mostPerAddress;
  }

  isFull(addressKey: string): boolean {
    return this.#taken >= this.#most || this.#perAddress.get(addressKey) >= this.#mostPerAddress;
  }

  take(addressKey: string): void {
    this.#taken += 1;
    this.#perAddress.add(addressKey);
  }

  leave(addressKey: string): void {
    this.#taken -= 1;
    this.#perAddress.remove(addressKey);
  }
}
