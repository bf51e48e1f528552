import { addressKey } from '../address';
import { HttpError } from './errors';
import type { Exchange } from './exchange';

/** How many of something may be under way. */
interface Places {
  isFull(addressKey: string): boolean;
  take(addressKey: string): void;
  leave(addressKey: string): void;
}

/**
 * Takes a place until the answer is out; throws 429 when there is none.
 * @param mostMs after which the connection is cut, so that nobody holds places by reading slowly
 */
export function holdPlace(places: Places, exchange: Exchange, mostMs: number): void {
  const key = addressKey(exchange.address);
  if (places.isFull(key)) throw new HttpError('rate-limited', { 'retry-after': '1' });
  places.take(key);
  const timer = setTimeout(() => exchange.request.socket.destroy(), mostMs);
  exchange.whenOver(() => {
    clearTimeout(timer);
    places.leave(key);
  });
}
