/** Now, in ms since 1970 with fractions: the same in each process of one computer, to some microseconds. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
