// SPDX-License-Identifier: MIT
import { contentKey } from '@uio-msi/host';
import type { Revision } from './message.js';

/**
 * The digest of all that would be mailed: every header, the cover letter, notes, patches, and who
 * gets them. One changed character anywhere is another digest.
 */
export const revisionDigest = ({ series, number, resend, messages }: Revision): string =>
  contentKey({
    changeId: series.changeId,
    number,
    resend,
    messages: messages.map(({ file, raw }) => ({ file, raw })),
  });
