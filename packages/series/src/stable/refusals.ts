// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';

const RULES = 'Documentation/process/stable-kernel-rules.rst';

// Why a series cannot go to a stable tree: one row for each cause.
const REFUSALS = {
  'not-upstream': [
    `is not upstream, as far as can be known here: a stable tree takes nothing that Linus' tree does not have (${RULES})`,
    `until it is, mark it: "Cc: <stable@vger.kernel.org> # LINE.x" above your sign-off, and it goes there by itself ("Option 1"). When it is, name a clone of Linus' tree that has it (--git DIR), or its commit (--upstream SHA,…)`,
  ],
  'upstream-ambiguous': ['is upstream more than once', 'say which commit it is: --upstream FILE=SHA'],
  'upstream-other': [
    'is not the commit that was named for it',
    'look at both: git show COMMIT. When its subject was changed on the way, change that of the patch too',
  ],
  'upstream-unknown': [
    'was named, and is not in the repository',
    'fetch there, or name the commit of Linus’ tree by all of its 40 digits',
  ],
  'upstream-elsewhere': [
    `is not in Linus' tree`,
    'name the commit that was merged: that of a stable tree, of linux-next or of a maintainer is another one. --branch REF says where Linus’ tree is in the repository',
  ],
  'git-unreadable': [
    'is no repository with a branch that could be Linus’ tree',
    'name a clone of Linus’ tree with --git DIR, and its branch with --branch REF',
  ],
  'stable-has-it': ['has all of it already', 'nothing has to be sent there'],
  'stable-newer': [
    'is not older than the kernel that the series is made for',
    'a backport is for an older line',
  ],
  'not-applying-stable': [
    'does not apply',
    'adjust it: ./uio-msi series edit --kernel LINE, then ./uio-msi series refresh --kernel LINE --why "what differs", which goes into the backport',
  ],
  'no-such-patch': ['is no patch of the series', 'name patches by number, or by their files'],
  'export-taken': [
    'has patches that this export would not write',
    'look at them, and name an empty folder: --dir DIR',
  ],
} as const satisfies Record<string, readonly [what: string, next: string]>;

/** The error for a backport: what is wrong, why, and what to do. */
export const refuseBackport = (code: keyof typeof REFUSALS, subject: string, why?: string): UserError => {
  const [what, next] = REFUSALS[code];
  return new UserError({ code, message: `${subject} ${what}`, why, next });
};
