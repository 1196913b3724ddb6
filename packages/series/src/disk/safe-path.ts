// SPDX-License-Identifier: MIT

// Control characters, the backslash that some systems take for a separator, and what stands for
// bytes that are no UTF-8.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const STRANGE = /[\u0000-\u001f\u007f\\\ufffd]/;

// Names that some file systems take for `.git`; git refuses the same (verify_path in read-cache.c), and
// where it is told to, those that are it without characters that nobody sees (is_hfs_dotgit in utf8.c).
const GIT_FOLDER = /^(\.git|git~1)[. ]*(:.*)?$/i;
const UNSEEN = /\p{Cf}/gu;

const isSafeName = (name: string): boolean =>
  name !== '' &&
  name !== '.' &&
  name !== '..' &&
  !GIT_FOLDER.test(name.replace(UNSEEN, '')) &&
  !STRANGE.test(name);

/** Whether a path is relative, stays below where it starts, and touches no `.git`. */
export const isSafePath = (path: string): boolean => path.length < 4096 && path.split('/').every(isSafeName);
