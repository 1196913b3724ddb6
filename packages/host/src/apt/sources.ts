// SPDX-License-Identifier: MIT

/** An entry of apt's sources (sources.list(5)), in either format. */
export interface AptEntry {
  readonly types: readonly string[];
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** All other fields by their deb822 name in lower case: `signed-by`, `check-valid-until`. */
  readonly options: ReadonlyMap<string, string>;
}

const words = (text: string | undefined): string[] => text?.split(/\s+/).filter(Boolean) ?? [];

const toEntry = (fields: ReadonlyMap<string, string>): AptEntry[] => {
  const { types, uris, suites, components, enabled, ...rest } = Object.fromEntries(fields);
  if (/^(no|false|without|off|disable|0)$/i.test(enabled?.trim() ?? '')) return [];
  return [
    {
      types: words(types),
      uris: words(uris),
      suites: words(suites),
      components: words(components),
      options: new Map(Object.entries(rest)),
    },
  ];
};

/** Entries of a `.sources` file. */
export const parseDeb822 = (text: string): AptEntry[] =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .split(/\n[ \t]*\n/)
    .map((stanza) => {
      // a line that begins with a blank goes on with the field before it
      const fields = stanza.matchAll(/^([^\s:]+):[ \t]*(.*(?:\n[ \t]+.*)*)/gm);
      return new Map([...fields].map(([, name = '', value = '']) => [name.toLowerCase(), value]));
    })
    .filter((fields) => fields.size > 0)
    .flatMap(toEntry);

// deb [ signed-by=/usr/share/keyrings/x.gpg arch=amd64 ] http://example.org/debian stable main contrib
const ONE_LINE = /^\s*(deb|deb-src)\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)((?:\s+[^\s#]+)*)/;

/** Entries of a `.list` file. */
export const parseOneLine = (text: string): AptEntry[] =>
  text.split('\n').flatMap((line) => {
    const [whole, type, options, uri, suite, components] = ONE_LINE.exec(line) ?? [];
    if (whole === undefined) return [];
    const pairs = words(options).map((option) => option.split(/=(.*)/s));
    return toEntry(
      new Map([
        ...pairs.map(([name = '', value = '']) => [name.toLowerCase(), value.replaceAll(',', ' ')] as const),
        ['types', type ?? ''],
        ['uris', uri ?? ''],
        ['suites', suite ?? ''],
        ['components', components ?? ''],
      ]),
    );
  });
