interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** What package.json says about dependencies. */
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/**
 * What is wrong with a lockfile: it says where packages came from, one has no hash, or it is out of step with
 * package.json, whose versions have to be exact. `npm ci` would notice the last; we cannot use it (steps/packages.mjs).
 */
export function judgeLockfile(lockfile: Lockfile, manifest: Manifest): string[] {
  const faults: string[] = [];
  for (const [name, entry] of Object.entries(lockfile.packages)) {
    if (name === '' || entry.link) continue;
    if (entry.resolved) faults.push(`${name} is locked to the place it came from`);
    if (!entry.integrity) faults.push(`${name} is locked without a hash`);
  }
  const root = lockfile.packages[''];
  for (const kind of ['dependencies', 'devDependencies'] as const) {
    const wanted = manifest[kind] ?? {};
    const locked = root?.[kind] ?? {};
    for (const name of new Set([...Object.keys(wanted), ...Object.keys(locked)])) {
      const version = wanted[name];
      if (version !== locked[name]) faults.push(`${name} is not locked as package.json wants it`);
      if (version && !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
        faults.push(`${name} has no exact version in package.json: ${version}`);
      }
    }
  }
  return faults;
}
