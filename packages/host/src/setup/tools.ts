// SPDX-License-Identifier: MIT

/** Something that the project runs or builds against, and where it comes from. */
export interface Tool {
  /** The command, or the library's name. */
  readonly name: string;
  /** The Debian package that brings it. */
  readonly package: string;
  readonly purpose: string;
  /** The file that shows a library is there, below the folders for headers or absolute; without it the tool is a command on PATH. */
  readonly header?: string;
  /** Whether the command must be a static executable: it is copied into a guest without its libraries. */
  readonly static?: boolean;
  /** Needed only by the project's own tests. */
  readonly testsOnly?: boolean;
  /** Whether commands go on without it, and report as missed (MISS) what they could not do. */
  readonly optional?: boolean;
}

/** Everything the commands need beyond a minimal Debian and Node.js. A new need is one more line. */
export const TOOLS: readonly Tool[] = [
  { name: 'git', package: 'git', purpose: 'the object store, worktrees, applying patches' },
  { name: 'make', package: 'make', purpose: 'building kernels' },
  { name: 'gcc', package: 'gcc', purpose: 'building kernels' },
  { name: 'libc', package: 'libc6-dev', purpose: "the kernel's host programs", header: 'stdio.h' },
  { name: 'flex', package: 'flex', purpose: 'Kconfig' },
  { name: 'bison', package: 'bison', purpose: 'Kconfig' },
  { name: 'bc', package: 'bc', purpose: "the kernel's timer constants" },
  { name: 'libelf', package: 'libelf-dev', purpose: 'objtool', header: 'gelf.h' },
  { name: 'libssl', package: 'libssl-dev', purpose: 'module signing tools', header: 'openssl/ssl.h' },
  { name: 'cpio', package: 'cpio', purpose: 'guest images' },
  { name: 'depmod', package: 'kmod', purpose: 'module dependencies' },
  { name: 'xz', package: 'xz-utils', purpose: 'kernel tarballs' },
  { name: 'perl', package: 'perl', purpose: 'checkpatch.pl' },
  { name: 'python3', package: 'python3', purpose: 'kernel-doc of newer kernels, which W=1 runs' },
  { name: 'ccache', package: 'ccache', purpose: 'cold build folders' },
  { name: 'qemu-system-x86_64', package: 'qemu-system-x86', purpose: 'guests' },
  { name: 'busybox', package: 'busybox-static', purpose: 'guest images', static: true },
  { name: 'sparse', package: 'sparse', purpose: 'the check sparse', optional: true },
  { name: 'spatch', package: 'coccinelle', purpose: 'the check coccinelle', optional: true },
  { name: 'g++', package: 'g++', purpose: 'the check headers, as C++', optional: true },
  {
    name: 'rsync',
    package: 'rsync',
    purpose: 'installing headers, for checks and selftests',
    optional: true,
  },
  { name: 'rst2pseudoxml', package: 'python3-docutils', purpose: 'the check docutils', optional: true },
  {
    name: 'chromium-headless-shell',
    package: 'chromium-headless-shell',
    purpose: 'looking at reports as their readers do',
    testsOnly: true,
  },
  {
    name: 'qemu-system-aarch64',
    package: 'qemu-system-arm',
    purpose: 'proving that arm64 has every device of the machines',
    testsOnly: true,
  },
  { name: 'quilt', package: 'quilt', purpose: 'proving that the series works with it', testsOnly: true },
  { name: 'shellcheck', package: 'shellcheck', purpose: 'linting shell scripts', testsOnly: true },
];
