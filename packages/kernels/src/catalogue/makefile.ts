// SPDX-License-Identifier: MIT

/**
 * The version that a kernel's top Makefile gives it, as its releases are called: `7.2.6`, `7.3` for
 * SUBLEVEL 0, `7.3-rc2`. Pure.
 *
 * @returns null when it is the Makefile of something else
 */
export const versionOf = (makefile: string): string | null => {
  const value = (name: string) =>
    new RegExp(`^${name}[ \\t]*=[ \\t]*(\\S*)[ \\t]*$`, 'm').exec(makefile)?.[1];
  const [version, level, sub] = [value('VERSION'), value('PATCHLEVEL'), value('SUBLEVEL')];
  if (!version || !level || sub === undefined) return null;
  const point = sub === '' || sub === '0' ? '' : `.${sub}`;
  return `${version}.${level}${point}${value('EXTRAVERSION') ?? ''}`;
};
