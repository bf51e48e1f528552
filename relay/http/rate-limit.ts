import type { RateLimiterMemory } from 'rate-limiter-flexible';
import { addressKey } from '../address';
import { HttpError } from './errors';

/** Takes one point of this address; throws 429 with the time to wait when there is none left. */
export async function consume(limiter: RateLimiterMemory, address: string): Promise<void> {
  await limiter.consume(addressKey(address)).catch((refused: { msBeforeNext: number }) => {
    const seconds = Math.ceil(refused.msBeforeNext / 1000);
    throw new HttpError('rate-limited', { 'retry-after': String(seconds) });
  });
}
