/** A folder with a role. Its name is the folder's path; the longest name that fits a file is its room. */
export interface Room {
  readonly name: string;
  /** Rooms it may import besides itself. */
  readonly imports: readonly string[];
  /** A pure room does no I/O: nothing of Node, and only these packages. Others may use any. */
  readonly pure?: { readonly packages: readonly string[] };
}

const PURE_LIBRARIES = ['lib/mux', 'lib/postgres', 'lib/notebook', 'lib/access'];
const PAGE_LIBRARIES = [...PURE_LIBRARIES, 'lib/machine', 'lib/snapshot'];
const LIBRARIES = [...PAGE_LIBRARIES, 'lib/server'];

/** Who may import whom. Written for people first: docs/architecture.md refers to it. */
export const ROOMS: readonly Room[] = [
  { name: 'lib/mux', imports: [], pure: { packages: [] } },
  { name: 'lib/access', imports: [], pure: { packages: ['zod'] } },
  {
    name: 'lib/postgres',
    imports: ['lib/mux', 'lib/access'],
    pure: { packages: ['zod'] },
  },
  {
    name: 'lib/notebook',
    imports: ['lib/postgres', 'lib/access'],
    pure: { packages: ['yjs', 'zod'] },
  },
  { name: 'lib/snapshot', imports: [] },
  { name: 'lib/machine', imports: ['lib/mux', 'lib/postgres', 'lib/access', 'lib/snapshot'] },
  { name: 'prisma', imports: [] },
  { name: 'lib/server', imports: ['lib/access', 'lib/mux', 'lib/postgres', 'prisma'] },
  { name: 'relay', imports: [...LIBRARIES, 'prisma'] },
  { name: 'components', imports: PAGE_LIBRARIES },
  { name: 'app', imports: [...PAGE_LIBRARIES, 'components'] },
  // Route handlers run in the relay's process.
  { name: 'app/api', imports: [...LIBRARIES, 'relay'] },
  // Tools and tests of the whole house: they may look into it, nobody looks into them.
  { name: 'vm', imports: [...LIBRARIES, 'relay'] },
  { name: 'bench', imports: [...LIBRARIES, 'relay'] },
  { name: 'e2e', imports: [...LIBRARIES, 'relay'] },
  { name: 'scripts', imports: [...LIBRARIES, 'relay'] },
];

/** Files at the root that belong to a room all the same; the other ones configure tools. */
const AT_THE_ROOT: Readonly<Record<string, string>> = { 'proxy.ts': 'app', proxy: 'app' };

/** The room of a file of the house, given from the repository's root. */
export function roomOf(file: string): string {
  if (!file.includes('/')) return AT_THE_ROOT[file] ?? 'scripts';
  const fitting = ROOMS.filter(({ name }) => file === name || file.startsWith(`${name}/`));
  fitting.sort((a, b) => b.name.length - a.name.length);
  return fitting[0]?.name ?? file.slice(0, file.lastIndexOf('/'));
}

/** Tests, and what only tests are helped by: no part of what runs. */
export function isOfTests(file: string): boolean {
  return /\.test(\.tsx?)?$|(^|\/)testing([-/.]|$)/.test(file);
}
