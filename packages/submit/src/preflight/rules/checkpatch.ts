// SPDX-License-Identifier: MIT
import type { Finding } from '@uio-msi/model';
import { type Breach, defineRule } from '../rule.js';

export const checkpatch = defineRule({
  name: 'checkpatch',
  title: 'checkpatch.pl --strict of the base has nothing to say',
  source: { file: 'Documentation/process/submitting-patches.rst', section: 'Style-check your changes' },
  next: 'correct it, or justify it in a waiver: "You should be able to justify all violations that remain"',
  needs: ['checkpatch'],
  check: (_, { checkpatch: findings }) =>
    unique(
      findings.map((finding) => {
        const { kind, message, file, line, patch } = finding;
        return (
          unknownCommit(finding) ?? {
            where: patch ?? file,
            what: `${kind}: ${message}${file === patch ? '' : ` (${file}${line === null ? '' : `:${line}`})`}`,
          }
        );
      }),
    ),
});

// It looks into the history of the folder that it is started in, and a kernel that comes as a tarball has none.
const unknownCommit = ({ kind, message, patch, file }: Finding): Breach | null => {
  const [, id] = kind === 'UNKNOWN_COMMIT_ID' ? (/\b([0-9a-f]{7,40})\b/.exec(message) ?? []) : [];
  if (id === undefined) return null;
  return {
    where: id,
    what: `${patch ?? file} names this commit, and nothing here has the kernel’s history`,
    next: `see whether it is what the patch says, in a clone: git log -1 ${id}; then --waive 'checkpatch:${id}=is there'`,
    verdict: 'MISS',
  };
};

const unique = (breaches: readonly Breach[]): readonly Breach[] => [
  ...new Map(breaches.map((one) => [`${one.where} ${one.what}`, one])).values(),
];
