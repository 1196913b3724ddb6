// SPDX-License-Identifier: MIT

/**
 * The text of quilt's file `series` for another list of patches. Comments stay above the patch that
 * they are above, and options behind their patch.
 *
 * @param before the names of all its patches, in order
 * @param after the new names, each with its old one, or null
 */
export const editQuiltSeries = (
  text: string,
  after: readonly { readonly file: string; readonly was: string | null }[],
): string => {
  const lines = new Map<string, string[]>();
  let pending: string[] = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    pending.push(line);
    const name =
      line
        .replace(/(^|\s)#.*$/, '')
        .trim()
        .split(/\s+/)[0] ?? '';
    if (name === '') continue;
    lines.set(name, pending);
    pending = [];
  }
  const listed = after.flatMap(({ file, was }) => {
    const old = was === null ? undefined : lines.get(was);
    return old ? [...old.slice(0, -1), (old.at(-1) ?? '').replace(was ?? '', () => file)] : [file];
  });
  return [...listed, ...pending]
    .filter((line, at, all) => line !== '' || at < all.length - 1)
    .map((line) => `${line}\n`)
    .join('');
};
