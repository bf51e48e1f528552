import type { Link } from '../mux/link';

/** Entropy given to a restored guest: what the kernel's pool holds. */
const ENTROPY_BYTES = 64;

/** Tells a guest that was just restored what it cannot know: the time, and randomness of its own. */
export async function wakeGuest(link: Link): Promise<void> {
  await Promise.all([setClock(link), addEntropy(link)]);
}

async function setClock(link: Link): Promise<void> {
  const micros = Math.round((performance.timeOrigin + performance.now()) * 1000);
  await link.open([
    ['kind', 'clock'],
    ['unix-us', String(micros)],
  ]).accepted;
}

async function addEntropy(link: Link): Promise<void> {
  const stream = link.open([['kind', 'entropy']]);
  stream.attach({ data() {}, end() {}, reset() {}, drain() {} });
  stream.write(crypto.getRandomValues(new Uint8Array(ENTROPY_BYTES)));
  stream.end();
  await stream.accepted;
}
