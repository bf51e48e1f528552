/** Something no committed file may hold. */
export interface Forbidden {
  readonly pattern: RegExp;
  readonly why: string;
}

/** Written in pieces, so that this file holds none of them itself. */
const word = (...pieces: string[]) => pieces.join('');
const host = (...labels: string[]) => labels.join('\\.');

const REGISTRIES = [
  host('registry', 'npmjs', 'org'),
  host('registry', 'yarnpkg', 'com'),
  host('npm', 'pkg', 'github', 'com'),
  host('registry', 'npmmirror', 'com'),
  host('deb', 'debian', 'org'),
  host('security', 'debian', 'org'),
  host('pypi', 'org'),
];

const CDNS = [
  host('jsdelivr', 'net'),
  host('unpkg', 'com'),
  host('cdnjs', 'cloudflare', 'com'),
  host('esm', 'sh'),
  host('skypack', 'dev'),
  host('googleapis', 'com'),
  host('gstatic', 'com'),
];

const UNFINISHED = [word('TO', 'DO'), word('FIX', 'ME'), word('HA', 'CK'), word('XX', 'X')];

const KEYS = [
  `-----BEGIN [A-Z ]*${word('PRIVATE', ' KEY')}`,
  'AKIA[0-9A-Z]{16}',
  'gh[pousr]_[A-Za-z0-9]{36}',
  'npm_[A-Za-z0-9]{36}',
];

/**
 * @param registry the host this machine gets its packages from, which a file may have picked up
 */
export function forbiddenTexts(registry: string | undefined): Forbidden[] {
  const registries = registry ? [...REGISTRIES, escaped(registry)] : REGISTRIES;
  return [
    {
      pattern: anyOf(registries),
      why: "a registry's host: machines get packages from where they are told to",
    },
    { pattern: anyOf(CDNS), why: 'a host outside: no request leaves the origin' },
    { pattern: anyOf(UNFINISHED.map((each) => `\\b${each}\\b`)), why: 'a mark of unfinished work' },
    { pattern: anyOf(KEYS), why: 'what looks like a key' },
  ];
}

/** What is wrong with a text, one line a fault. */
export function findForbidden(
  file: string,
  text: string,
  forbidden: readonly Forbidden[],
): string[] {
  const faults: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    for (const { pattern, why } of forbidden) {
      const found = pattern.exec(line);
      if (found) faults.push(`${file}:${index + 1} holds ${found[0]}: ${why}`);
    }
  }
  return faults;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function anyOf(sources: readonly string[]): RegExp {
  return new RegExp(sources.join('|'));
}
