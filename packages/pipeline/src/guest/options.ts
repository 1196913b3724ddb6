// SPDX-License-Identifier: MIT
import { type Fragment, parseOptions } from '@uio-msi/build';

/**
 * What fragments say of some options. Other lines are not taken apart: it is asked of every cell. Pure.
 */
export const optionsAmong = (
  names: readonly string[],
  fragments: readonly Pick<Fragment, 'text'>[],
): ReadonlyMap<string, string> => {
  const telling = new RegExp(`^[ \\t]*(?:# )?(?:${names.join('|')})\\b.*$`, 'gm');
  return parseOptions(fragments.flatMap(({ text }) => text.match(telling) ?? []).join('\n'));
};
