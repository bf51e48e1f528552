import type { Credentials } from '@/lib/machine/types';
import { sealCard } from '@/lib/snapshot/seal/card';
import { newKey } from '@/lib/snapshot/seal/key';
import { Cell, type Readable } from '../state/cell';
import { stayFor } from '../state/stay';
import { formatBytes } from '../ui/format';
import type { SnapshotKind } from './baggage-lines';
import { toBase64 } from './base64';
import { dataFile } from './data-file';
import { type About, machineFile } from './machine-file';
import { runningFacts, type StreamsOfMachine } from './machine-streams';
import { forgetLink, keepLink, type OwnLink } from './own-links';
import { type SealedFile, sealFile } from './sealed-file';
import {
  announceSnapshot,
  deleteSnapshot,
  fetchSnapshotLimits,
  type UploadPermit,
} from './snapshot-api';
import { pause } from './transfer/back-off';
import { uploadTarget } from './transfer/chunk-requests';
import { isPassing } from './transfer/transfer-error';
import { upload } from './transfer/upload';

/** What a person chose for a snapshot link. */
export interface SnapshotRequest extends About {
  readonly kind: SnapshotKind;
  readonly ttlSeconds: number;
  /** Absent: as often as one likes. */
  readonly maxOpenings?: number;
}

/** How far a snapshot link is. */
export type Making =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading'; readonly bytes: number }
  | ({ readonly kind: 'sending'; readonly fault?: string } & SentBytes)
  /** The network was away too long; all is there to go on. */
  | ({ readonly kind: 'stuck'; readonly message: string } & SentBytes)
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'made'; readonly link: OwnLink; readonly isKept: boolean };

interface SentBytes {
  readonly sentBytes: number;
  readonly totalBytes: number;
}

/** A file that is being sent; it is kept as long as it may be sent again. */
interface Sending {
  readonly permit: UploadPermit;
  readonly file: SealedFile;
  readonly link: Omit<OwnLink, 'expiresAt'>;
}

/** Makes one snapshot link at a time. Lives outside React: a dialog that is closed does not end it. */
export class SnapshotMaking {
  readonly state: Readable<Making>;
  readonly #state = new Cell<Making>({ kind: 'idle' });
  #end = new AbortController();
  #sending: Sending | undefined;

  constructor(private readonly credentials: Credentials) {
    this.state = this.#state;
  }

  /** Reads the machine, seals what it reads, and sends it. Never rejects; what happens is in `state`. */
  async create(machine: StreamsOfMachine, request: SnapshotRequest): Promise<void> {
    await this.#run(async (signal) => {
      this.#tell(signal, { kind: 'reading', bytes: 0 });
      this.#sending = await this.#prepare(machine, request, signal);
      await this.#send(this.#sending, false, signal);
    });
  }

  /** Once more after `stuck`: with what the server does not have yet. */
  async goOn(): Promise<void> {
    const sending = this.#sending;
    if (sending) await this.#run((signal) => this.#send(sending, true, signal));
  }

  /** Ends what is under way; the server forgets what it has of it. */
  cancel(): void {
    this.#end.abort(new DOMException('Cancelled.', 'AbortError'));
    this.#drop();
    this.#state.set({ kind: 'idle' });
  }

  /** What was made or failed has been read. */
  dismiss(): void {
    this.#state.set({ kind: 'idle' });
  }

  async #run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const end = new AbortController();
    this.#end = end;
    try {
      await stayFor(work(end.signal));
    } catch (thrown) {
      if (end.signal.aborted) return;
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      const now = this.#state.get();
      if (now.kind === 'sending' && isPassing(thrown)) {
        const { sentBytes, totalBytes } = now;
        this.#state.set({ kind: 'stuck', message, sentBytes, totalBytes });
        return;
      }
      this.#drop();
      this.#state.set({ kind: 'failed', message });
    }
  }

  async #prepare(
    machine: StreamsOfMachine,
    request: SnapshotRequest,
    signal: AbortSignal,
  ): Promise<Sending> {
    const facts = runningFacts(machine);
    if (!facts) throw new Error('The machine does not run. Start it first.');
    const { kind, title, note, ttlSeconds, maxOpenings } = request;
    const key = await newKey();
    const limits = await fetchSnapshotLimits();
    if (!limits.ok) throw new Error(limits.message);
    const source = kind === 'machine' ? machineFile(machine, request) : dataFile(machine, request);
    const file = await sealFile(key, source, signal, (bytes) => {
      if (bytes > limits.value.maxBytes) throw new Error(tooLarge(limits.value.maxBytes));
      this.#tell(signal, { kind: 'reading', bytes });
    });
    const card = await sealCard(key, {
      ...{ title, note, kind, ...facts },
      createdAt: Date.now(),
      bytes: file.plainBytes,
    });
    const answer = await announceSnapshot(this.credentials, {
      bytes: file.sealedBytes,
      chunks: file.chunks.length,
      card: toBase64(card),
      ttlSeconds,
      maxOpenings,
    });
    if (!answer.ok) throw new Error(answer.message);
    const { playground } = this.credentials;
    const { id } = answer.value;
    const link = { id, playground, key: key.fragment, title };
    const sending = { permit: answer.value, file, link };
    if (signal.aborted) await deleteSnapshot(this.credentials, id);
    signal.throwIfAborted();
    return sending;
  }

  async #send({ permit, file, link }: Sending, isResumed: boolean, signal: AbortSignal) {
    const totalBytes = file.sealedBytes;
    let sentBytes = 0;
    let fault: string | undefined;
    const tell = () => this.#tell(signal, { kind: 'sending', sentBytes, totalBytes, fault });
    tell();
    const expiresAt = await upload({
      target: uploadTarget(permit),
      chunks: file.chunks,
      isResumed,
      signal,
      pause,
      chance: Math.random,
      onProgress: (bytes) => {
        sentBytes = bytes;
        tell();
      },
      onFault: (message) => {
        fault = message;
        tell();
      },
    });
    this.#sending = undefined;
    const made = { ...link, expiresAt };
    this.#tell(signal, { kind: 'made', link: made, isKept: keepLink(made) });
  }

  /** What was cancelled says nothing more. */
  #tell(signal: AbortSignal, making: Making): void {
    if (!signal.aborted) this.#state.set(making);
  }

  /** The server would forget it by itself, but later. */
  #drop(): void {
    const sending = this.#sending;
    this.#sending = undefined;
    if (!sending) return;
    forgetLink(sending.link.id);
    void deleteSnapshot(this.credentials, sending.link.id);
  }
}

function tooLarge(maxBytes: number): string {
  return `The snapshot is larger than the ${formatBytes(maxBytes)} this server keeps. Nothing was sent: choose Data only, or save the machine to a file.`;
}
