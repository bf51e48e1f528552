import { damaged, SnapshotError } from '../errors';
import { otherEmulator } from '../state/frame';
import { BYTES_PER_MB } from '../state/limits';
import { PAGE_BYTES, type RestingMachine } from '../types';
import { sameBytes } from './chain';
import { Collector } from './collector';
import { decodeDevices } from './devices';
import type { SnapshotHeader } from './header';
import { MAX_DEVICES_BYTES, MAX_DUMP_BYTES, MAX_NOTEBOOK_BYTES } from './limits';
import { decodePages } from './pages';
import { PIECE_TYPES, type PieceType } from './piece';
import type { Piece } from './pieces';
import { encodeTotals } from './totals';
import type { ReadOptions, WholeSnapshot } from './version';

/** What a kind of snapshot consists of (S15 to S18). */
const TYPES_OF_KIND: Readonly<Record<SnapshotHeader['kind'], readonly PieceType[]>> = {
  machine: ['devices', 'pages', 'notebook', 'end'],
  data: ['notebook', 'dump', 'end'],
};

/** Takes a snapshot's pieces in their order and hands on what they hold. */
export class Contents {
  readonly #header: SnapshotHeader;
  readonly #options: ReadOptions;
  /** Of kind `machine`. */
  readonly #base: RestingMachine | undefined;
  readonly #devices = new Collector(MAX_DEVICES_BYTES);
  readonly #notebook = new Collector(MAX_NOTEBOOK_BYTES);
  readonly #dump = new Collector(MAX_DUMP_BYTES);
  #pages = 0;
  #lastPage = -1;
  #type: PieceType = 'devices';

  private constructor(
    header: SnapshotHeader,
    options: ReadOptions,
    base: RestingMachine | undefined,
  ) {
    this.#header = header;
    this.#options = options;
    this.#base = base;
  }

  /** @throws SnapshotError `other-emulator`, `other-base` */
  static async begin(header: SnapshotHeader, options: ReadOptions): Promise<Contents> {
    if (header.kind === 'data') return new Contents(header, options, undefined);
    const { base: wanted } = header;
    if (options.v86 !== undefined && options.v86 !== wanted.v86) {
      throw otherEmulator(wanted.v86, options.v86);
    }
    const base = await options.base(wanted);
    if (base === undefined || base.memoryMb !== header.memoryMb) throw otherBase(header);
    return new Contents(header, options, base);
  }

  /** @throws SnapshotError `damaged`; or what a callback rejects with */
  async take({ type, name, raw }: Piece): Promise<void> {
    const inOrder = PIECE_TYPES.indexOf(type) >= PIECE_TYPES.indexOf(this.#type);
    if (!inOrder || !TYPES_OF_KIND[this.#header.kind].includes(type)) {
      throw damaged(name, 'is where none of its kind may be');
    }
    this.#type = type;
    if (type === 'devices') this.#devices.add(raw, name);
    else if (type === 'pages') await this.#takePages(raw, name);
    else if (type === 'notebook') this.#notebook.add(raw, name);
    else if (type === 'dump') await this.#takeDump(raw, name);
    else this.#compareTotals(raw);
  }

  /** @throws SnapshotError `damaged`, `too-large`, `other-emulator` */
  finish(): WholeSnapshot {
    const devices = this.#devices.joined();
    const { kind, memoryMb } = this.#header;
    if (kind === 'machine' && devices === undefined) {
      throw damaged('its part "devices"', 'is missing');
    }
    if (kind === 'data' && this.#dump.length === 0) throw damaged('its dump', 'is missing');
    return {
      header: this.#header,
      devices: devices && this.#base && decodeDevices(devices, this.#base.devices, memoryMb),
      notebook: this.#notebook.joined(),
      dump: this.#dump.joined(),
    };
  }

  async #takePages(raw: Uint8Array, name: string): Promise<void> {
    if (this.#base === undefined) return;
    const pageCount = (this.#header.memoryMb * BYTES_PER_MB) / PAGE_BYTES;
    const batch = decodePages(raw, this.#lastPage, pageCount, this.#base, name);
    this.#pages += batch.numbers.length;
    this.#lastPage = batch.numbers.at(-1) ?? this.#lastPage;
    await this.#options.onPages?.(batch);
  }

  async #takeDump(raw: Uint8Array, name: string): Promise<void> {
    if (this.#options.onDump === undefined) {
      this.#dump.add(raw, name);
      return;
    }
    this.#dump.count(raw, name);
    await this.#options.onDump(raw);
  }

  #compareTotals(raw: Uint8Array): void {
    const counted = encodeTotals({
      pages: this.#pages,
      devices: this.#devices.length,
      notebook: this.#notebook.length,
      dump: this.#dump.length,
    });
    if (!sameBytes(raw, counted)) throw damaged('its end', 'counts something else than there was');
  }
}

function otherBase({ base }: SnapshotHeader): SnapshotError {
  return new SnapshotError(
    'other-base',
    `This snapshot builds on another machine image (${base.image}, PostgreSQL ${base.postgres}, ${base.memoryMb} MB) than there is here. Nothing was changed; open it where it was made, and take its data along with pg_dump.`,
    { base },
  );
}
