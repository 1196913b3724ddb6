// SPDX-License-Identifier: MIT
import type { Rule } from './rule.js';
import { addresses } from './rules/addresses.js';
import { authorship } from './rules/authorship.js';
import { base } from './rules/base.js';
import { changelog } from './rules/changelog.js';
import { checkpatch } from './rules/checkpatch.js';
import { documentation } from './rules/documentation.js';
import { droppedTrailers } from './rules/dropped-trailers.js';
import { fixes } from './rules/fixes.js';
import { ioctlNumber } from './rules/ioctl-number.js';
import { kbuild } from './rules/kbuild.js';
import { kconfigHelp } from './rules/kconfig-help.js';
import { length } from './rules/length.js';
import { maintainers } from './rules/maintainers.js';
import { matrix } from './rules/matrix.js';
import { prefixes } from './rules/prefixes.js';
import { prerequisites } from './rules/prerequisites.js';
import { recipients } from './rules/recipients.js';
import { resend } from './rules/resend.js';
import { signOff } from './rules/sign-off.js';
import { subject } from './rules/subject.js';
import { subjectPrefix } from './rules/subject-prefix.js';
import { subjectTag } from './rules/subject-tag.js';
import { threading } from './rules/threading.js';

/** Every rule there is, in the order in which they are told: people first, then text, code and results. */
export const RULES: readonly Rule[] = [
  signOff,
  authorship,
  addresses,
  recipients,
  length,
  subjectTag,
  subject,
  subjectPrefix,
  changelog,
  droppedTrailers,
  fixes,
  threading,
  resend,
  ioctlNumber,
  documentation,
  kbuild,
  kconfigHelp,
  maintainers,
  checkpatch,
  base,
  prerequisites,
  prefixes,
  matrix,
];
