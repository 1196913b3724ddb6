// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { machineFailure } from './machine.js';
import { parseDiagnostics } from './parse.js';

const folders = { worktree: '/state/worktrees/x', buildDir: '/state/build/x' };
const parse = (...lines: string[]) => parseDiagnostics(lines, 'gcc', folders);

// Each line as the real tool printed it, below the folders above.
it.each([
  [
    "/state/worktrees/x/drivers/uio/uio.c:12:9: warning: unused variable 'x' [-Wunused-variable]",
    ['gcc', '-Wunused-variable', 'warning', 'drivers/uio/uio.c', 12, "unused variable 'x'"],
  ],
  [
    "../../worktrees/x/drivers/uio/uio.c:7:2: error: 'y' undeclared (first use in this function)",
    ['gcc', 'error', 'error', 'drivers/uio/uio.c', 7, "'y' undeclared (first use in this function)"],
  ],
  [
    '/state/worktrees/x/drivers/uio/uio.c:3:10: fatal error: none.h: No such file or directory',
    ['gcc', 'error', 'error', 'drivers/uio/uio.c', 3, 'none.h: No such file or directory'],
  ],
  [
    "drivers/uio/uio.c:9:5: error: unused variable 'x' [-Werror=unused-variable]",
    ['gcc', '-Wunused-variable', 'error', 'drivers/uio/uio.c', 9, "unused variable 'x'"],
  ],
  [
    'ERROR: modpost: "uio_none" [drivers/uio/uio_msi.ko] undefined!',
    [
      'modpost',
      'modpost',
      'error',
      'drivers/uio/uio_msi.ko',
      null,
      '"uio_none" [drivers/uio/uio_msi.ko] undefined!',
    ],
  ],
  [
    'WARNING: modpost: missing MODULE_DESCRIPTION() in drivers/uio/uio_msi.o',
    [
      'modpost',
      'modpost',
      'warning',
      'drivers/uio/uio_msi.o',
      null,
      'missing MODULE_DESCRIPTION() in drivers/uio/uio_msi.o',
    ],
  ],
  [
    '/state/worktrees/x/drivers/uio/Kconfig:12: syntax error',
    ['kconfig', 'kconfig', 'error', 'drivers/uio/Kconfig', 12, 'syntax error'],
  ],
  [
    'drivers/uio/Kconfig:9:warning: ignoring unsupported character',
    ['kconfig', 'kconfig', 'warning', 'drivers/uio/Kconfig', 9, 'ignoring unsupported character'],
  ],
  [
    '/state/worktrees/x/drivers/uio/Makefile:4: *** missing separator.  Stop.',
    ['make', 'makefile', 'error', 'drivers/uio/Makefile', 4, 'missing separator.'],
  ],
  [
    "make[4]: *** No rule to make target 'drivers/uio/none.o', needed by 'drivers/uio/'.  Stop.",
    [
      'make',
      'no-rule',
      'error',
      'drivers/uio/none.o',
      null,
      "No rule to make target 'drivers/uio/none.o', needed by 'drivers/uio/'.",
    ],
  ],
  [
    "ld: drivers/uio/uio.o:uio.c:(.text+0x5): undefined reference to `none'",
    ['ld', 'undefined-reference', 'error', 'drivers/uio/uio.o', null, "undefined reference to `none'"],
  ],
])('reads %s', (line, [tool, kind, severity, file, at, message]) => {
  expect(parse(line)).toEqual([{ tool, kind, severity, file, line: at, message }]);
});

it('leaves what is no diagnostic', () => {
  expect(
    parse(
      '  CC [M]  drivers/uio/uio.o',
      "/state/worktrees/x/drivers/uio/uio.c: In function 'f':",
      '   12 |         int x;',
      'In file included from /state/worktrees/x/drivers/uio/uio.c:3:',
      '/state/worktrees/x/a.h:3:1: note: declared here',
      'make: *** [Makefile:248: __sub-make] Error 2',
    ),
  ).toEqual([]);
});

it('says the same thing once, wherever it moved', () => {
  expect(
    parse('a.h:1:1: warning: w [-Ww]', 'a.h:1:1: warning: w [-Ww]', 'a.h:2:1: warning: w [-Ww]'),
  ).toHaveLength(1);
});

it('keeps the names of this machine out of messages', () => {
  expect(parse('a.c:1:1: error: /state/worktrees/x/b.h says no')[0]?.message).toBe('b.h says no');
});

it.each([
  ['x.c:1:1: fatal error: error writing to /tmp/a.s: No space left on device', 'disk-full'],
  ['gcc: fatal error: Killed signal terminated program cc1', 'out-of-memory'],
  ['gcc: internal compiler error: Killed (program cc1)', 'out-of-memory'],
  ['collect2: fatal error: ld terminated with signal 9 [Killed]', 'out-of-memory'],
  ['Killed', 'out-of-memory'],
  ['/bin/sh: line 1: 4711 Killed                  ld -o vmlinux', 'out-of-memory'],
  ['make[3]: *** [scripts/Makefile.build:243: drivers/uio/uio.o] Killed', 'out-of-memory'],
  ['make[2]: *** [Makefile:12: vmlinux] Error 137', 'out-of-memory'],
  ['/bin/sh: 1: flex: not found', 'command-not-found'],
  ['sh: line 1: bison: command not found', 'command-not-found'],
  ['x.c:3:10: fatal error: libelf.h: No such file or directory', 'header-not-found'],
])('knows a machine at fault by %s', (line, code) => {
  expect(machineFailure(['  CC      a.o', line])?.code).toBe(code);
});

it.each([
  'x.c:3:10: fatal error: uio.h: No such file or directory',
  "x.c:3:10: error: 'Killed' undeclared (first use in this function)",
  'make[3]: *** [scripts/Makefile.build:243: drivers/uio/uio.o] Error 1',
])('does not blame the machine for an error of the sources: %s', (line) => {
  expect(machineFailure([line])).toBeNull();
});
