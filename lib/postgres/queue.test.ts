import { expect, it } from 'vitest';
import { Random } from '../mux/random';
import { Queue } from './queue';

it('a queue is first in, first out, as a list would be', () => {
  const random = new Random(1);
  const queue = new Queue<number>();
  const list: number[] = [];
  for (let i = 0; i < 20_000; i++) {
    if (random.chance(0.52)) {
      queue.push(i);
      list.push(i);
    } else {
      expect(queue.shift()).toBe(list.shift());
    }
    expect(queue.length).toBe(list.length);
    expect(queue.peek()).toBe(list[0]);
    expect(queue.last()).toBe(list.at(-1));
  }
});
