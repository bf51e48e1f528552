import type { ImageFile, ImageManifest } from '../../lib/machine/image';
import type { PackageRecord } from '../steps/packages';

/** manifest.json: what lib/machine reads of it, and the record of what the image was made of. */
export interface FullManifest extends ImageManifest {
  /** Hash of everything the image was made from; equal inputs, equal hash. */
  readonly inputs: string;
  readonly packages: readonly PackageRecord[];
}

/** What a manifest is put together from. */
export interface ManifestParts {
  readonly inputs: string;
  readonly packages: readonly PackageRecord[];
  readonly kernel: string;
  readonly cmdline: string;
  readonly files: ImageManifest['files'];
  readonly bases: ReadonlyMap<number, ImageFile>;
}

/**
 * Puts the manifest together.
 * @throws Error when the packages lack PostgreSQL
 */
export function buildManifest(parts: ManifestParts): FullManifest {
  const sizes = [...parts.bases.keys()].sort((a, b) => a - b);
  return {
    format: 1,
    image: parts.inputs,
    postgres: upstreamVersion(parts.packages, 'postgresql-17'),
    kernel: parts.kernel,
    cmdline: parts.cmdline,
    files: parts.files,
    bases: Object.fromEntries(sizes.map((size) => [String(size), parts.bases.get(size)])),
    inputs: parts.inputs,
    packages: parts.packages,
  };
}

/** A package's version without epoch and Debian's revision: `17.11` of `17.11-0+deb13u1`. */
export function upstreamVersion(packages: readonly PackageRecord[], name: string): string {
  const version = packages.find((record) => record.name === name)?.version;
  if (version === undefined) throw new Error(`the image has no package ${name}`);
  return version.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
}
