// SPDX-License-Identifier: MIT
import { type Fragment, parseOptions } from '@uio-msi/build';

/**
 * What fragments say of some options. Most name none of them, and are not taken apart: it is asked of
 * every cell. Pure.
 */
export const optionsAmong = (
  names: readonly string[],
  fragments: readonly Pick<Fragment, 'text'>[],
): ReadonlyMap<string, string> => {
  const telling = fragments.filter(({ text }) => names.some((name) => text.includes(name)));
  return parseOptions(telling.map(({ text }) => text).join('\n'));
};
