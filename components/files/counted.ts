/** Passes bytes on and tells how many there were so far. */
export function counted<C extends Uint8Array>(
  onBytes: (bytes: number) => void,
): TransformStream<C, C> {
  let bytes = 0;
  return new TransformStream<C, C>({
    transform(chunk, controller) {
      bytes += chunk.length;
      onBytes(bytes);
      controller.enqueue(chunk);
    },
  });
}
