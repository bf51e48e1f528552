/// <reference lib="webworker" />

import { serveShelf } from '../../snapshot/store/far/serve-shelf';
import { openShelf } from '../../snapshot/store/open-shelf';

/**
 * The Worker that reads and writes for a machine's Worker: in private windows each write waits for the browser's own
 * process, and that must not hold the machine up.
 */
serveShelf(openShelf(), self as unknown as DedicatedWorkerGlobalScope);
