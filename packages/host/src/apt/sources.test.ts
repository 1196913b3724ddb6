// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { findArchive, sourcesFile } from './archive.js';
import { parseDeb822, parseOneLine } from './sources.js';

const DEB822 = `# Types: deb
Types: deb deb-src
# a remark in the middle
URIs: http://example.org/debian
  http://example.net/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://example.org/off
Suites: bookworm
Components: main
Enabled: no
\t
Types: deb
URIs: https://example.com/
Suites: stable
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mQINBF
 -----END PGP PUBLIC KEY BLOCK-----
`;

const ONE_LINE = `# deb http://example.org/off bookworm main
deb [ arch=amd64,arm64 signed-by=/k/a.gpg ] http://example.org/debian bookworm main contrib # remark
deb-src http://example.org/debian   bookworm   main
 deb http://example.org/flat ./
`;

describe('parseDeb822', () => {
  it('reads stanzas, continued fields and keys written out, and leaves out what is disabled', () => {
    const entries = parseDeb822(DEB822);
    expect(entries.map(({ uris }) => uris)).toEqual([
      ['http://example.org/debian', 'http://example.net/debian'],
      ['https://example.com/'],
    ]);
    expect(entries[0]).toMatchObject({
      types: ['deb', 'deb-src'],
      suites: ['bookworm', 'bookworm-updates'],
      components: ['main', 'contrib'],
    });
    expect(entries[1]?.options.get('signed-by')).toMatch(/^\n -----BEGIN.*\n \.\n mQINBF\n -----END/);
  });

  it('finds nothing in nothing', () => {
    expect(parseDeb822('')).toEqual([]);
    expect(parseDeb822('\n\n# nothing\n')).toEqual([]);
  });
});

describe('parseOneLine', () => {
  it('reads options, remarks and lines without components', () => {
    const entries = parseOneLine(ONE_LINE);
    expect(entries.map(({ types, uris, suites, components }) => [types, uris, suites, components])).toEqual([
      [['deb'], ['http://example.org/debian'], ['bookworm'], ['main', 'contrib']],
      [['deb-src'], ['http://example.org/debian'], ['bookworm'], ['main']],
      [['deb'], ['http://example.org/flat'], ['./'], []],
    ]);
    expect(Object.fromEntries(entries[0]?.options ?? [])).toEqual({
      arch: 'amd64 arm64',
      'signed-by': '/k/a.gpg',
    });
  });
});

describe('findArchive', () => {
  const archiveOf = (list: string, suite = 'trixie') =>
    findArchive(parseOneLine(list), 'bookworm', suite)?.uris ?? null;

  it.each([
    ['deb http://a/debian bookworm main', ['http://a/debian']],
    ['deb http://a/debian stable main', ['http://a/debian']],
    ['deb http://s/security bookworm-security main\ndeb http://a/debian bookworm main', ['http://a/debian']],
    ['deb http://other nodistro main\ndeb http://a/debian bookworm main', ['http://a/debian']],
    ['deb http://third/party bookworm stable', null],
    ['deb cdrom:[Debian]/ bookworm main', null],
    ['', null],
  ])('in %j is %j', (list, expected) => {
    expect(archiveOf(list)).toEqual(expected);
  });

  it('takes the security archive for a security suite, and for no other', () => {
    const list = 'deb http://a/debian bookworm main\ndeb http://s/security bookworm-security main';
    expect(archiveOf(list, 'bullseye-security')).toEqual(['http://s/security']);
    expect(archiveOf(list, 'trixie-backports')).toEqual(['http://a/debian']);
    expect(archiveOf('deb http://a/debian bookworm main', 'bookworm-security')).toBeNull();
  });

  it('hands on what the entry says about trust, and nothing about architectures', () => {
    const archive = findArchive(parseOneLine(ONE_LINE), 'bookworm', 'trixie');
    expect(archive && sourcesFile(archive, 'trixie', 'deb-src')).toBe(
      'Types: deb-src\nURIs: http://example.org/debian\nSuites: trixie\nComponents: main\nsigned-by: /k/a.gpg\n',
    );
  });

  it('hands on a key that is written out, in a form that is read again', () => {
    const archive = findArchive(parseDeb822(DEB822).slice(1), 'bookworm', 'trixie');
    const [again] = parseDeb822(archive ? sourcesFile(archive, 'trixie', 'deb-src') : '');
    expect(again?.options.get('signed-by')).toBe(archive?.options.get('signed-by'));
  });
});
