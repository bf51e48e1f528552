import { MachineError } from './errors';
import type { MemoryMb } from './types';

/** One file of the image, named by its content. */
export interface ImageFile {
  /** Path below the image's folder, e.g. `state-256-1f0c….bin.zst`. */
  readonly file: string;
  readonly bytes: number;
  /** Size after decompression. */
  readonly rawBytes: number;
  /** Lower-case hexadecimal SHA-256 of the file as stored. */
  readonly sha256: string;
}

/** What lib/machine reads of the image's manifest.json; vm/ writes it. */
export interface ImageManifest {
  readonly format: 1;
  readonly image: string;
  readonly postgres: string;
  readonly kernel: string;
  readonly cmdline: string;
  readonly files: {
    readonly bzImage: string;
    readonly bios: string;
    readonly vgabios: string;
    readonly fs: string;
    readonly root: string;
  };
  readonly bases: Readonly<Partial<Record<`${MemoryMb}`, ImageFile>>>;
}

/** Where the image comes from: the server in a page, a folder under Node. */
export interface ImageSource {
  /** Reads manifest.json, unchecked JSON. */
  manifest(): Promise<unknown>;
  /** Reads one file whole; `onBytes` hears how many bytes have come so far. Throws `download-failed`. */
  read(file: string, onBytes: (loaded: number) => void): Promise<Uint8Array>;
  /** What the emulator is given to fetch files by itself: a URL, or a path under Node. */
  locate(file: string): string;
}

const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*\/?$/;

/**
 * Checks manifest.json as far as the machine relies on it.
 * @throws MachineError `image-damaged` naming the field.
 */
export function parseManifest(json: unknown): ImageManifest {
  const manifest = record(json, 'manifest');
  if (manifest.format !== 1) throw damaged(`format ${String(manifest.format)} is not known`);
  const files = record(manifest.files, 'files');
  const bases: Partial<Record<string, ImageFile>> = {};
  for (const [size, value] of Object.entries(record(manifest.bases, 'bases'))) {
    const base = record(value, `bases.${size}`);
    bases[size] = {
      file: fileName(base.file, `bases.${size}.file`),
      bytes: count(base.bytes, `bases.${size}.bytes`),
      rawBytes: count(base.rawBytes, `bases.${size}.rawBytes`),
      sha256: text(base.sha256, `bases.${size}.sha256`),
    };
  }
  return {
    format: 1,
    image: text(manifest.image, 'image'),
    postgres: text(manifest.postgres, 'postgres'),
    kernel: text(manifest.kernel, 'kernel'),
    cmdline: text(manifest.cmdline, 'cmdline'),
    files: {
      bzImage: fileName(files.bzImage, 'files.bzImage'),
      bios: fileName(files.bios, 'files.bios'),
      vgabios: fileName(files.vgabios, 'files.vgabios'),
      fs: fileName(files.fs, 'files.fs'),
      root: fileName(files.root, 'files.root'),
    },
    bases,
  };
}

/**
 * Reads a file of the image and compares it with the manifest.
 * @throws MachineError `image-damaged` when size or hash differ, so that a cut download never becomes a machine.
 */
export async function readVerified(
  source: ImageSource,
  file: ImageFile,
  onBytes: (loaded: number) => void,
): Promise<Uint8Array> {
  const bytes = await source.read(file.file, onBytes);
  if (bytes.length !== file.bytes) {
    throw damaged(`${file.file} has ${bytes.length} bytes instead of ${file.bytes}`);
  }
  const digest = new Uint8Array(
    await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>),
  );
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hex !== file.sha256) throw damaged(`${file.file} does not have the hash it should have`);
  return bytes;
}

function damaged(what: string): MachineError {
  return new MachineError('image-damaged', `The machine's image is damaged: ${what}.`);
}

function record(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw damaged(`${name} is not an object`);
  }
  return value as Record<string, unknown>;
}

function text(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw damaged(`${name} is not a text`);
  return value;
}

function fileName(value: unknown, name: string): string {
  const file = text(value, name);
  if (!SAFE_NAME.test(file)) throw damaged(`${name} is not a file name`);
  return file;
}

function count(value: unknown, name: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value <= 0) {
    throw damaged(`${name} is not a count`);
  }
  return value;
}
