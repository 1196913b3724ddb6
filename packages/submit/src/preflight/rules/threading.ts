// SPDX-License-Identifier: MIT
import { nameOf } from '../revision.js';
import { defineRule } from '../rule.js';

export const threading = defineRule({
  name: 'threading',
  title: 'a series answers no mail of an older version of itself',
  source: { file: 'Documentation/process/submitting-patches.rst', section: 'Explicit In-Reply-To headers' },
  next: 'leave In-Reply-To out, and link to the older version in the cover letter: https://lore.kernel.org/r/MESSAGE-ID',
  needs: ['earlier'],
  skip: ({ messages }) => (messages.length === 1 ? 'a lone patch may' : null),
  check: ({ messages, number }, { earlier }) => {
    const own = new Set(messages.map(({ messageId }) => messageId));
    const older = new Map(earlier.flatMap((one) => one.messageIds.map((id) => [id, one.number] as const)));
    return messages.flatMap((mail) => {
      const { inReplyTo } = mail;
      if (inReplyTo === null || own.has(inReplyTo)) return [];
      const version = older.get(inReplyTo);
      if (version !== undefined)
        return [{ where: nameOf(mail), what: `it answers <${inReplyTo}> of v${version}` }];
      // Whatever else it answers may be an older version that the archive does not have.
      if (number === 1 || earlier.some((one) => one.number === number - 1)) return [];
      const what = `it answers <${inReplyTo}>, and v${number - 1} is not in the archive to compare with`;
      return [{ where: nameOf(mail), what, verdict: 'MISS' as const }];
    });
  },
});
