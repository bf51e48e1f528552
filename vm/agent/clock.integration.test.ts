import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { startAgent } from './testing/agent';
import { beginRaw } from './testing/host';

/*
 * These kinds change the whole machine, and here that is the one the tests run on. So they run without
 * privileges and prove that the kernel was asked; lib/machine's tests see the change in the guest.
 */
describe('M3: clock', () => {
  test('asks the kernel to set the clock', async () => {
    const host = await beginRaw(await startAgent({ unprivileged: true }));
    const id = host.open(['kind', 'clock'], ['unix-us', `${Date.now() * 1000}`]);
    expect((await host.takeOf('reset', id)).reason).toEqual({
      code: 'refused',
      text: 'Operation not permitted',
    });
  });

  test.each([[[]], [[['unix-us', '']]], [[['unix-us', '12.5']]], [[['unix-us', '-1']]]] as const)(
    'without a time: %j',
    async (metadata) => {
      const host = await beginRaw(await startAgent({ unprivileged: true }));
      expect(await host.resetOf(host.open(['kind', 'clock'], ...metadata))).toBe('protocol-error');
    },
  );
});

describe('M3: entropy', async () => {
  test('asks the kernel to mix it in', async () => {
    const host = await beginRaw(await startAgent({ unprivileged: true }));
    const id = host.open(['kind', 'entropy']);
    await host.takeOf('accept', id);
    host.send({ type: 'data', stream: id, bytes: randomBytes(1000) }, { type: 'end', stream: id });
    expect((await host.takeOf('reset', id)).reason).toEqual({
      code: 'refused',
      text: 'RNDADDENTROPY: Operation not permitted',
    });
  });

  // More randomness harms nobody; without CAP_SYS_ADMIN the kernel refuses it.
  test.runIf(await isSysAdmin())('mixes, reseeds, and answers END with END', async () => {
    const agent = await startAgent();
    const host = await beginRaw(agent);
    const before = await agent.descriptors();
    const id = host.open(['kind', 'entropy']);
    host.send({ type: 'data', stream: id, bytes: randomBytes(2000) });
    await host.takeOf('accept', id);
    host.send({ type: 'end', stream: id });
    await host.takeOf('end', id);
    await host.settled();
    expect(host.frames).toEqual([]);
    expect(await agent.descriptors()).toBe(before);
  });
});

describe('M3: sync', () => {
  test('asks the kernel to drop clean caches', async () => {
    const host = await beginRaw(await startAgent({ unprivileged: true }));
    const { reason } = await host.takeOf('reset', host.open(['kind', 'sync']));
    expect(reason.code).toBe('refused');
    expect(reason.text).toMatch(/^\/proc\/sys\/vm\/drop_caches: /);
  });
});

async function isSysAdmin(): Promise<boolean> {
  const status = await readFile('/proc/self/status', 'latin1');
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)![1]}`);
  return ((effective >> 21n) & 1n) === 1n;
}
