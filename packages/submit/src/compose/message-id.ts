// SPDX-License-Identifier: MIT
import type { Person, Series } from '@uio-msi/series';

// A change-id as b4 makes it ends in twelve hex digits, which we keep at the end.
const CHANGE_ID = /^(.+)-([0-9a-f]{8,40})$/;

/**
 * The Message-Ids of a posting, by number: the same whenever they are asked for, so that what is
 * sent after an interruption has those of what was to be sent before. They look like b4's.
 */
export const messageIds = (
  { changeId }: Series,
  revision: number,
  resend: boolean,
  sender: Person,
): ((number: number) => string) => {
  const [, name = changeId, hash = ''] = CHANGE_ID.exec(changeId) ?? [];
  const posting = `v${revision}${resend ? '-resend' : ''}`;
  const domain = sender.address.slice(sender.address.lastIndexOf('@') + 1);
  return (number) => {
    const local = [name, posting, `${number}`, hash].filter(Boolean).join('-');
    return `${local.replace(/[^\w.-]+/g, '-')}@${domain}`;
  };
};
