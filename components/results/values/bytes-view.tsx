import { formatBytes, formatCount, plural } from '../../ui/format';
import { hexLines } from './hex-dump';

/** As much as anybody reads of a file's bytes. */
const SHOWN_BYTES = 4096;

/** A bytea in hex and in ASCII. */
export function BytesView({ text, bytes }: { text: string; bytes: number }) {
  return (
    <>
      <p className="mb-2 font-sans text-muted">
        {bytes < 1000 ? plural(bytes, 'byte') : `${formatBytes(bytes)} (${plural(bytes, 'byte')})`}
        {bytes > SHOWN_BYTES && `, the first ${formatCount(SHOWN_BYTES)} shown`}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className="overflow-x-auto" tabIndex={0}>
        {hexLines(text, SHOWN_BYTES)
          .map(({ offset, hex, ascii }) => `${offset}  ${hex.padEnd(48)}  ${ascii}`)
          .join('\n')}
      </pre>
    </>
  );
}
