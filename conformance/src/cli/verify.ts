// SPDX-License-Identifier: MIT

import { CASES } from '../cases/table.js';
import { UserError } from '../errors.js';
import { readBundle } from '../evidence/read.js';
import { type Verification, verifyBundle } from '../evidence/verify.js';
import { passedOf } from '../profiles/judge.js';
import { PROFILES } from '../profiles/profiles.js';
import { readWaivers } from '../profiles/waivers.js';

/** The options of `verify`, as commander gives them. */
export interface VerifyOptions {
  readonly digest?: string;
  readonly waivers?: string;
  readonly json: boolean;
}

const NOT_PASSED = 1;

/**
 * Verifies a bundle and says what came of it.
 *
 * @returns 0 when it is whole and what it claims holds, else 1
 */
export const verify = (path: string, options: VerifyOptions): number => {
  const result = verifyBundle(readBundle(path), {
    cases: CASES,
    allowed: readWaivers(options.waivers),
    digest: options.digest === undefined ? null : parseDigest(options.digest),
  });
  process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : describe(result));
  return result.standing === 'passed' || result.standing === 'waived' ? 0 : NOT_PASSED;
};

const parseDigest = (text: string): string => {
  const digest = text.toLowerCase().replace(/^sha256:/, '');
  if (/^[0-9a-f]{64}$/.test(digest)) return digest;
  throw new UserError(
    `'${text}' is no digest: expected sha256: and 64 hexadecimal digits, as 'run --out' printed it`,
  );
};

/** Somebody else's words on the reader's terminal: what would move its cursor or turn its text round is spelt out. */
const plain = (line: string): string =>
  line.replaceAll(/[\p{Cc}\p{Cf}]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);

/** What came of it, for people. Pure. */
export const describe = (verification: Verification): string =>
  linesOf(verification)
    .map((line) => `${plain(line)}\n`)
    .join('');

const linesOf = ({
  problems,
  digest,
  judgements,
  refusedWaivers,
  verdict,
  standing,
}: Verification): string[] => {
  if (problems.length > 0)
    return ['This is not what a run left behind:', ...problems.map((problem) => `  ${problem}`)];
  return [
    'The bundle is whole, and its results bear out what it says of them.',
    `  digest sha256:${digest}`,
    `  all cases: ${verdict}`,
    ...judgements.flatMap((judgement) => [
      `  ${judgement.profile}: ${judgement.standing}, ${passedOf(judgement)} cases: ${PROFILES[judgement.profile].summary}`,
      ...judgement.objections.map(
        (objection) =>
          `    ${objection.case} on ${objection.device}: ${objection.verdict}${
            objection.message === null ? '' : `, ${objection.message.split('\n')[0]}`
          }${objection.waiver === null ? '' : `; waived by ${objection.waiver.id}: ${objection.waiver.reason}`}`,
      ),
      ...judgement.lacking.map(
        ({ case: id, device, message }) => `    cannot be tried here: ${id} on ${device}, ${message}`,
      ),
    ]),
    ...refusedWaivers.map(
      ({ id, device, case: test }) =>
        `  not allowed here: waiver ${id} for ${test} on ${device}; see --waivers`,
    ),
    standing === 'passed' ? 'Passed.' : standing === 'waived' ? 'Passed with waivers.' : 'Not passed.',
  ];
};
