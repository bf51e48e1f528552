import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { debFiles, PAYLOAD_FOLDER, type PackageRecord, RUNTIME_FOLDER } from '../steps/packages';
import { capture } from './run';
import type { Output } from './step';

/** Folder of the image for the packages' copyright files. */
const COPYRIGHT_FOLDER = 'copyright';

/** What stands in place of a licence that a package does not state in machine-readable form. */
const FREE_TEXT = 'see its copyright file';

/**
 * Writes LICENSES.md into `out`: what the image contains, under which licences, and where its sources are; and the
 * packages' copyright files beside it, which most of those licences want to travel with the programs.
 */
export async function writeLicenses(
  records: readonly PackageRecord[],
  packages: Output,
  out: string,
): Promise<void> {
  const licences = new Map<string, string>();
  await mkdir(path.join(out, COPYRIGHT_FOLDER));
  for (const folder of [RUNTIME_FOLDER, PAYLOAD_FOLDER]) {
    for (const deb of await debFiles(path.join(packages.path, folder))) {
      const name = path.basename(deb).split('_')[0] ?? '';
      const text = await copyrightOf(deb, name);
      licences.set(name, summarizeCopyright(text));
      if (text !== '') await writeFile(path.join(out, COPYRIGHT_FOLDER, `${name}.txt`), text);
    }
  }
  const rows = records.map(
    ({ name, version, source }) =>
      `| ${name} | ${version} | ${licences.get(name) ?? licences.get(source.split(' ')[0] ?? '') ?? BUILT_HERE[name] ?? FREE_TEXT} | ${source} |`,
  );
  const lines = [
    "# What the machine's image contains",
    '',
    'Warren’s own parts (agent, scripts, settings) are under the MIT licence of the repository. Everything else comes',
    'from Debian 13 “trixie”, unchanged but for the compilation named below and the leaving out of files:',
    '',
    '- The kernel is compiled from Debian’s package of its source with `vm/kernel.config` and the patches in `vm/patches`.',
    '- PostgreSQL and pgvector are compiled from Debian’s source packages with the options in `vm/steps`.',
    '- All other files are those of the binary packages listed.',
    '',
    `The full texts are in \`${COPYRIGHT_FOLDER}/\` beside this file.`,
    '',
    'The source of each package is in Debian’s archive under the name and version in the last column:',
    '`apt-get source NAME=VERSION` on a machine whose apt knows the sources of trixie fetches it, and Debian’s snapshot',
    'archive keeps every version ever published. `npm run vm:build` fetches and compiles the same sources again.',
    '',
    '| package | version | licences | source package |',
    '|---|---|---|---|',
    ...rows,
    '',
  ];
  await writeFile(path.join(out, 'LICENSES.md'), lines.join('\n'));
}

/** Licences of what is compiled from source packages, which hold no installed copyright file to read. */
const BUILT_HERE: Readonly<Record<string, string>> = {
  'postgresql-17': 'PostgreSQL',
  pgvector: 'PostgreSQL',
};

/** The licence names of a machine-readable copyright file, sorted, or a pointer to the text. */
export function summarizeCopyright(text: string): string {
  const names = new Set<string>();
  for (const [, value = ''] of text.matchAll(/^License:[ \t]*(\S.*)$/gm)) names.add(value.trim());
  if (names.size === 0) return FREE_TEXT;
  return [...names].sort().join(', ').replaceAll('|', '/');
}

async function copyrightOf(deb: string, name: string): Promise<string> {
  const script =
    'dpkg-deb --fsys-tarfile "$1" | tar -xO --occurrence=1 --wildcards "./usr/share/doc/$2/copyright"';
  return capture('/bin/sh', ['-c', script, 'sh', deb, name]).catch(() => '');
}
