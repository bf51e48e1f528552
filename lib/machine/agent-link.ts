import { Link } from '../mux/link';
import { ConsoleTransport } from './console';
import type { Emulator } from './emulator';
import { MachineError } from './errors';

/** Credit we grant the agent on each stream: results leave the guest at 30 MB/s, so 8 ms worth of them. */
const HOST_WINDOW_BYTES = 256 * 1024;
/** Rule K7: what the agent writes on port 2 when it has opened its ports. */
const ANNOUNCE_BYTE = 0x52;

export interface GreetingOptions {
  /** From power-on the agent announces itself first (rule K7); after a restore it waits for us. */
  readonly announced: boolean;
  readonly timeoutMs: number;
  /** The link ended after it had begun. */
  onLost(reason: string): void;
}

/**
 * Brings up the mux to the guest's agent. The emulator must be running or be started next.
 * @throws MachineError `agent-silent` when nothing answers in time; the emulator is destroyed then.
 */
export async function greetAgent(emulator: Emulator, options: GreetingOptions): Promise<Link> {
  let link: Link | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new MachineError(
          'agent-silent',
          'The machine was started, but nothing in it answers. Restart it.',
        ),
      );
    }, options.timeoutMs);
  });
  const greeted = (async () => {
    if (options.announced) await announcement(emulator);
    await new Promise<void>((resolve) => {
      link = openLink(emulator, options, resolve);
    });
  })();
  try {
    await Promise.race([greeted, silence]);
  } catch (error) {
    link?.close({ code: 'timeout', text: 'the agent did not answer' });
    await emulator.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  if (link === undefined) throw new Error('greeted without a link');
  return link;
}

function announcement(emulator: Emulator): Promise<void> {
  return new Promise((resolve) => {
    emulator.onConsole(2, (bytes) => {
      if (bytes.includes(ANNOUNCE_BYTE)) resolve();
    });
  });
}

function openLink(emulator: Emulator, options: GreetingOptions, onHello: () => void): Link {
  const transport = new ConsoleTransport({
    send: (port, chunk) => emulator.sendConsole(port, chunk),
    listen: (onData) => emulator.onConsole(1, onData),
  });
  let begun = false;
  return new Link(transport, {
    role: 'client',
    window: HOST_WINDOW_BYTES,
    onHello: () => {
      begun = true;
      onHello();
    },
    onAck: (bytes) => transport.acknowledged(bytes),
    onClosed: (reason) => {
      if (begun) options.onLost(reason.text || reason.code);
    },
  });
}
