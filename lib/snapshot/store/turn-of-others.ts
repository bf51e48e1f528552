/** Resolves after what else waits in this thread's event loop, such as a machine's next steps, had its turn. */
export function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => {
    // Not a timer: browsers stretch those to 4 ms and, in hidden tabs, to a second.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
