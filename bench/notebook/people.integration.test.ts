import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestRelay } from '../../relay/testing/test-relay';
import { now } from './clock';
import { Reader } from './reader';
import type { Room, Run } from './scene';
import { Writer } from './writer';

let relay: TestRelay;

beforeAll(async () => {
  relay = await TestRelay.start();
});

afterAll(() => relay.stop());

describe('the people of the load program', () => {
  it('type, and each of the others sees each keystroke and when it was typed', async () => {
    const playground = await relay.createPlayground();
    const editor = await relay.createLink(playground, 'editor');
    const credentials = { playground: playground.id, link: editor.id, secret: editor.secret };
    const room: Room = { credentials, address: '127.0.0.1', typists: 1, watchers: 1, readers: 2 };
    const heard: Record<string, number[]> = { typist: [], watcher: [], reader: [], other: [] };
    const closed: string[] = [];
    let moves = 0;
    const events = (name: string) => ({
      update: (typedAt: number) => heard[name]?.push(typedAt),
      awareness: () => {
        moves++;
      },
      closed: (why: string) => closed.push(why),
    });
    const typist = await Writer.join(relay.url, room, 'Typist', events('typist'));
    const watcher = await Writer.join(relay.url, room, 'Watcher', events('watcher'));
    const readers = [
      await Reader.join(relay.url, room, 'Reader', events('reader')),
      await Reader.join(relay.url, room, 'Other', events('other')),
    ];
    const run: Run = { zeroAt: now(), everyMs: 20, warmUpMs: 0, windowMs: 400 };
    const typed: number[] = [];
    await typist.type(run, (at) => typed.push(Math.round(at * 10) / 10));
    await expect.poll(() => heard.other).toEqual(typed);
    await expect.poll(() => [heard.watcher, heard.reader]).toEqual([typed, typed]);
    expect(typed.length).toBeGreaterThan(5);
    expect(typist.others).toBe(3);
    // News of cursors come together, every 50 ms.
    expect(moves).toBeGreaterThan(10);
    expect(heard.typist).toEqual([]);
    for (const one of [typist, watcher, ...readers]) one.leave();
    expect(closed).toEqual([]);
  });
});
