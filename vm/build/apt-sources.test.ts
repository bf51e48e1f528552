import { describe, expect, it } from 'vitest';
import { findDebianMirror, parseDeb822, parseOneLine, writeDeb822 } from './apt-sources';

const STANZAS = `# a comment
Types: deb
URIs: http://mirror.example/debian
 http://other.example/debian
Suites: bookworm bookworm-updates
Components: main
# another
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Types: deb-src
URIs: http://sources.example/debian
Suites: bookworm
Components: main

Enabled: no
Types: deb
URIs: http://disabled.example/debian
Suites: bookworm
Components: main
`;

describe('parseDeb822', () => {
  it('reads stanzas, continued lines and comments, and leaves out sources and what is disabled', () => {
    expect(parseDeb822(STANZAS).map(({ uri }) => uri)).toEqual([
      'http://mirror.example/debian',
      'http://other.example/debian',
      'http://mirror.example/debian-security',
    ]);
    expect(parseDeb822(STANZAS)[0]).toEqual({
      uri: 'http://mirror.example/debian',
      suites: ['bookworm', 'bookworm-updates'],
      components: ['main'],
    });
  });

  it('finds nothing in an empty file', () => {
    expect(parseDeb822('')).toEqual([]);
  });
});

describe('parseOneLine', () => {
  it('reads deb lines with and without options', () => {
    const text = [
      '# deb http://comment.example x main',
      'deb [arch=amd64 signed-by=/k.gpg] http://tools.example/repo nodistro main # tools',
      'deb http://mirror.example/debian trixie main contrib',
      'deb-src http://mirror.example/debian trixie main',
    ].join('\n');
    expect(parseOneLine(text)).toEqual([
      { uri: 'http://tools.example/repo', suites: ['nodistro'], components: ['main'] },
      { uri: 'http://mirror.example/debian', suites: ['trixie'], components: ['main', 'contrib'] },
    ]);
  });
});

describe('findDebianMirror', () => {
  it('takes the first archive of a release, not tools nor security', () => {
    const tools = { uri: 'http://tools.example', suites: ['nodistro'], components: ['main'] };
    const [mirror, , security] = parseDeb822(STANZAS);
    expect(findDebianMirror([tools, security!, mirror!])).toBe('http://mirror.example/debian');
    expect(findDebianMirror([tools, security!])).toBeUndefined();
  });
});

describe('writeDeb822', () => {
  it('is read back by the parser', () => {
    const text = writeDeb822('http://mirror.example/debian', 'trixie', '/k.gpg');
    expect(parseDeb822(text)).toEqual([
      { uri: 'http://mirror.example/debian', suites: ['trixie'], components: ['main'] },
    ]);
    expect(text).toContain('Signed-By: /k.gpg');
  });
});
