// SPDX-License-Identifier: MIT

/** A kind of compiler: what differs between them, as data. */
export interface Family {
  readonly name: string;
  /** Arguments that make the compiler print its full version and nothing else. */
  readonly version: readonly string[];
  /** make's variables for a compiler command, `launcher` (ccache) in front of it where there is one. */
  readonly variables: (command: string, launcher: string | null) => readonly string[];
}

const launched = (launcher: string | null, command: string): string =>
  launcher === null ? command : `${launcher} ${command}`;

/** The families there are, the default one first. */
export const FAMILIES: readonly [Family, ...Family[]] = [
  {
    name: 'gcc',
    version: ['-dumpfullversion'],
    variables: (command, launcher) => [
      `CC=${launched(launcher, command)}`,
      `HOSTCC=${launched(launcher, command)}`,
    ],
  },
];
