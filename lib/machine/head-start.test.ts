import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dropHeadStart, giveHeadStart, takeHeadStart } from './head-start';

class FakeWorker {
  static started: FakeWorker[] = [];
  readonly said: unknown[] = [];
  onmessage: ((event: { data: unknown }) => void) | undefined;
  terminated = false;

  constructor(readonly url: string) {
    FakeWorker.started.push(this);
  }

  postMessage(message: unknown): void {
    this.said.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }
}

vi.mock('./assets', () => ({
  workerAssets: { worker: '/machine/w.js', wasm: '/machine/v.wasm', disk: '/machine/d.js' },
}));

beforeEach(() => {
  FakeWorker.started = [];
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('location', { origin: 'http://127.0.0.1:3000' });
  Reflect.deleteProperty(globalThis, Symbol.for('warren.head-start'));
});
afterEach(() => vi.unstubAllGlobals());

describe('a head start', () => {
  it('starts one machine and keeps what it reports for whoever takes it', () => {
    giveHeadStart(256, 'first');
    giveHeadStart(256, 'again');
    const [worker, disk] = FakeWorker.started;
    expect(FakeWorker.started).toHaveLength(2);
    expect(disk).toMatchObject({ url: '/machine/d.js', said: [expect.any(MessagePort)] });
    expect(worker?.said).toEqual([
      { type: 'disk', port: expect.any(MessagePort) },
      {
        type: 'prepare',
        base: 'http://127.0.0.1:3000',
        wasm: 'http://127.0.0.1:3000/machine/v.wasm',
        memoryMb: 256,
      },
    ]);
    worker?.onmessage?.({ data: { type: 'machine', state: { stage: 'restoring' } } });
    expect(takeHeadStart()?.reports).toEqual([{ type: 'machine', state: { stage: 'restoring' } }]);
    expect(takeHeadStart()).toBeUndefined();
  });

  it('is not given by a script that comes when the page has gone on', () => {
    expect(takeHeadStart()).toBeUndefined();
    giveHeadStart(256, 'first');
    expect(FakeWorker.started).toHaveLength(0);
    giveHeadStart(512, 'again');
    expect(FakeWorker.started).toHaveLength(2);
  });

  it('ends when nobody hosts here', () => {
    giveHeadStart(128, 'first');
    dropHeadStart();
    expect(FakeWorker.started.map(({ terminated }) => terminated)).toEqual([true, true]);
    expect(takeHeadStart()).toBeUndefined();
  });
});
