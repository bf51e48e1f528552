/** One archive of the machine's apt configuration. */
export interface AptSource {
  readonly uri: string;
  readonly suites: readonly string[];
  readonly components: readonly string[];
}

/** Parses a `.sources` file (deb822): stanzas apart by blank lines, continued lines, comments. Disabled ones are left out. */
export function parseDeb822(text: string): AptSource[] {
  const sources: AptSource[] = [];
  for (const stanza of text.split(/\n[ \t]*\n/)) {
    const fields = new Map<string, string>();
    let last = '';
    for (const line of stanza.split('\n')) {
      if (line.startsWith('#') || line.trim() === '') continue;
      const field = /^([A-Za-z0-9-]+):(.*)$/.exec(line);
      if (/^[ \t]/.test(line)) {
        fields.set(last, `${fields.get(last) ?? ''} ${line.trim()}`);
      } else if (field) {
        last = (field[1] ?? '').toLowerCase();
        fields.set(last, (field[2] ?? '').trim());
      }
    }
    const words = (name: string) => (fields.get(name) ?? '').split(/\s+/).filter(Boolean);
    if (!words('types').includes('deb') || fields.get('enabled')?.toLowerCase() === 'no') continue;
    for (const uri of words('uris')) {
      sources.push({ uri, suites: words('suites'), components: words('components') });
    }
  }
  return sources;
}

/** Parses a `sources.list` file: one `deb` line an archive, options in brackets. */
export function parseOneLine(text: string): AptSource[] {
  const sources: AptSource[] = [];
  for (const line of text.split('\n')) {
    const match = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line);
    if (!match) continue;
    const components = (match[3] ?? '').split(/\s+/).filter(Boolean);
    sources.push({ uri: match[1] ?? '', suites: [match[2] ?? ''], components });
  }
  return sources;
}

/**
 * The mirror of Debian itself among a machine's sources: one whose suite is a release of Debian and not its security
 * archive, which lacks most packages.
 */
export function findDebianMirror(sources: readonly AptSource[]): string | undefined {
  const releases = /^(bookworm|trixie|forky|sid|stable|testing|unstable)$/;
  return sources.find(
    (source) =>
      source.components.includes('main') && source.suites.some((suite) => releases.test(suite)),
  )?.uri;
}

/** The deb822 file that makes apt use `uri` for one suite, signed by Debian. */
export function writeDeb822(uri: string, suite: string, keyring: string): string {
  return [
    'Types: deb deb-src',
    `URIs: ${uri}`,
    `Suites: ${suite}`,
    'Components: main',
    `Signed-By: ${keyring}`,
    '',
  ].join('\n');
}
