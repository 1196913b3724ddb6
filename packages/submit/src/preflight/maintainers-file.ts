// SPDX-License-Identifier: MIT

/** One entry of MAINTAINERS, as far as it says which files are its. */
export interface Section {
  readonly title: string;
  /** Patterns of `F:`. */
  readonly files: readonly string[];
  /** Patterns of `X:`. */
  readonly excluded: readonly string[];
  /** Regular expressions of `N:`. */
  readonly names: readonly string[];
  /** Whether it is that of everything that is nobody else's. */
  readonly isTheRest: boolean;
}

// The entries begin behind this line of the file.
const ENTRIES = /^Maintainers List$/m;

/** Reads the text of a MAINTAINERS file. */
export const parseMaintainers = (text: string): Section[] =>
  text
    .slice(ENTRIES.exec(text)?.index ?? 0)
    .split(/\n(?:[ \t]*\n)+/)
    .map((entry) => {
      const lines = entry.split('\n');
      const all = (letter: string) =>
        lines.flatMap((line) => (line.startsWith(`${letter}:`) ? [line.slice(2).trim()] : []));
      const files = all('F');
      const isTheRest = files.includes('*') && files.includes('*/');
      return { title: lines[0] ?? '', files, excluded: all('X'), names: all('N'), isTheRest };
    });

// "Descriptions of section entries": a folder with its slash is all below it, `*` is what has no
// slash, `**` what may have some.
const PIECES: Readonly<Record<string, string>> = { '**': '.*', '*': '[^/]*', '?': '[^/]' };

// There are 25,000 patterns: most have no wildcard, and of the others the beginning seldom fits.
const matches = (path: string, pattern: string): boolean => {
  const [first] = pattern;
  if (first !== path[0] && first !== '*' && first !== '?') return false;
  const wild = pattern.search(/[*?]/);
  if (!path.startsWith(wild === -1 ? pattern : pattern.slice(0, wild))) return false;
  const exact = pattern.replace(/\*\*|[*?]|[.+^${}()|[\]\\]/g, (piece) => PIECES[piece] ?? `\\${piece}`);
  return new RegExp(`^${exact}${pattern.endsWith('/') ? '' : '(?:/|$)'}`).test(path);
};

const matchesName = (path: string, name: string): boolean => {
  try {
    return new RegExp(name).test(path);
  } catch {
    return false; // perl knows more than we do
  }
};

/** Whether a section has a file for its own. */
export const isMaintained = (path: string, sections: readonly Section[]): boolean =>
  sections.some(
    (section) =>
      !section.isTheRest &&
      (section.files.some((pattern) => matches(path, pattern)) ||
        section.names.some((name) => matchesName(path, name))) &&
      !section.excluded.some((pattern) => matches(path, pattern)),
  );
