import type { Duplex } from '../mux/duplex';
import type { Reason } from '../mux/reason';

/**
 * What a duplex receives as a web stream that holds the sender back: bytes are granted again (rule C3) only when
 * their reader wants more. Cancelling it resets the duplex. Takes the duplex's one consumer.
 * @param failure what a reset reads as
 */
export function readableOf(
  duplex: Duplex,
  failure: (reason: Reason) => Error,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let owed = 0;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        duplex.attach({
          data: (chunk) => {
            owed += chunk.length;
            controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
          },
          end: () => {
            duplex.end();
            controller.close();
          },
          reset: (reason) => controller.error(failure(reason)),
          drain: () => {},
        });
      },
      // Called only when all that arrived has been read.
      pull() {
        if (owed > 0) duplex.consumed(owed);
        owed = 0;
      },
      cancel() {
        duplex.reset('ok', 'its reader wants no more');
      },
    },
    { highWaterMark: 0 },
  );
}
