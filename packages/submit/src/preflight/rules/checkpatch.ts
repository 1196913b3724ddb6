// SPDX-License-Identifier: MIT
import { defineRule } from '../rule.js';

export const checkpatch = defineRule({
  name: 'checkpatch',
  title: 'checkpatch.pl --strict of the base has nothing to say',
  source: { file: 'Documentation/process/submitting-patches.rst', section: 'Style-check your changes' },
  next: 'correct it, or justify it in a waiver: "You should be able to justify all violations that remain"',
  needs: ['checkpatch'],
  check: (_, { checkpatch: findings }) =>
    findings.map(({ kind, message, file, line, patch }) => ({
      where: patch ?? file,
      what: `${kind}: ${message}${file === patch ? '' : ` (${file}${line === null ? '' : `:${line}`})`}`,
    })),
});
