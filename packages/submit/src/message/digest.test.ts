// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { revisionDigest } from './digest.js';
import type { Revision } from './message.js';

const revision = (raws: readonly string[]): Revision =>
  ({
    series: { changeId: 'x' },
    number: 1,
    resend: false,
    messages: raws.map((raw, n) => ({ file: `v1-000${n}`, raw })),
  }) as unknown as Revision;

it('is another one when a character of any message is', () => {
  const digests = [['a', 'b'], ['a', 'c'], ['b', 'b'], ['ab', ''], ['a']].map((raws) =>
    revisionDigest(revision(raws)),
  );
  expect(new Set(digests).size).toBe(digests.length);
});
