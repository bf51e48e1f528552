/// <reference lib="webworker" />

import { serveShelf } from '../../snapshot/store/far/serve-shelf';
import { openShelf } from '../../snapshot/store/open-shelf';

/**
 * The Worker that reads and writes for a machine's Worker, over the port the page gives it: in private windows each write
 * waits for the browser's own process, and that must not hold the machine up.
 */
const scope = self as unknown as DedicatedWorkerGlobalScope;
scope.onmessage = ({ data }: MessageEvent<MessagePort>) => serveShelf(openShelf(), data);
