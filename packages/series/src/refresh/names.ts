// SPDX-License-Identifier: MIT

/** What a file's name is made of. */
export interface NamedPatch {
  /** The name that git gives it, without its number. */
  readonly slug: string;
  /** Its file until now, and whether its subject is still the same; null for a new patch. */
  readonly was: { readonly file: string; readonly sameSubject: boolean } | null;
}

const NUMBER = /^(\d{4,})-/;

/**
 * The files of a series' patches, by position. A patch keeps the words of its name as long as its
 * subject stays; the number is its position, unless the names of the series have none.
 *
 * @param renumber whether patches were added, dropped or moved: otherwise numbers stay, too
 */
export const nameFiles = (patches: readonly NamedPatch[], renumber: boolean): string[] => {
  const known = patches.flatMap(({ was }) => (was ? [was.file] : []));
  const numbered = known.length === 0 || known.some((file) => NUMBER.test(file));
  const names: string[] = [];
  for (const [at, { slug, was }] of patches.entries()) {
    const words = was?.sameSubject ? was.file.replace(NUMBER, '') : slug;
    const kept = renumber ? undefined : NUMBER.exec(was?.file ?? '')?.[1];
    const number = kept ?? `${at + 1}`.padStart(4, '0');
    names.push(unused(numbered && !isPlain(was) ? `${number}-${words}` : words, names));
  }
  return names;
};

// A patch that keeps a name without a number among others that have one.
const isPlain = (was: NamedPatch['was']): boolean => was?.sameSubject === true && !NUMBER.test(was.file);

const unused = (name: string, names: readonly string[]): string => {
  for (let count = 2, free = name; ; count += 1) {
    if (!names.includes(free)) return free;
    free = name.replace(/(\.patch)?$/, `-${count}$1`);
  }
};
