// SPDX-License-Identifier: MIT
import { type Fragment, parseOptions } from './options.js';

/**
 * What excuses Kconfig for leaving an option out: one that its `depends on` names, and that the
 * configuration says is not set. Any other reason is a mistake of somebody's.
 *
 * @param option `CONFIG_UIO_PCI_MSI`
 * @param kconfig texts of the Kconfig files that may define it
 * @returns the option that is turned off; null when there is no excuse
 */
export const excuseFor = (
  option: string,
  kconfig: readonly string[],
  fragments: readonly Fragment[],
): string | null => {
  const asked = parseOptions(fragments.map(({ text }) => text).join('\n'));
  return (
    kconfig
      .flatMap((text) => dependencies(option, text))
      .find((dependency) => asked.get(dependency) === 'n') ?? null
  );
};

// An entry ends where the next one, or a block, begins or ends (Documentation/kbuild/kconfig-language.rst).
const BOUNDARY =
  /^\s*(?:(?:menu)?config\s+(?<name>\w+)|(?:end)?(?:menu|if|choice)\b.*|source\b.*|comment\b.*)$/;

const dependencies = (option: string, kconfig: string): string[] => {
  const found: string[] = [];
  let name: string | undefined;
  for (const line of kconfig.split('\n')) {
    const boundary = BOUNDARY.exec(line);
    if (boundary) name = boundary.groups?.['name'];
    const [, expression] = /^\s+depends on (.*)$/.exec(line) ?? [];
    if (expression !== undefined && `CONFIG_${name}` === option)
      found.push(...Array.from(expression.matchAll(/\b[A-Z]\w*/g), ([symbol]) => `CONFIG_${symbol}`));
  }
  return found;
};
