// SPDX-License-Identifier: MIT
import { type PatchParts, takeApart } from '../patch/parts.js';
import { type InBody, inBody } from './in-body.js';
import type { Mail } from './parse.js';
import { belowScissors } from './scissors.js';
import { withGitHeaders } from './traditional.js';

/** The text of a mail with a patch, taken apart: the parts of a patch file, and what its message begins with. */
export type MailParts = Omit<PatchParts, 'head'> & InBody;

/** Takes the text of a mail apart, as git am would: scissors, headers that begin the message, any kind of diff. */
export const takeMail = ({ text }: Pick<Mail, 'text'>): MailParts => {
  // The function wants a file of git format-patch; which headers it has does not matter here.
  const parts = takeApart(`Subject: x\n\n${withGitHeaders(belowScissors(text))}`);
  return { ...parts, ...inBody(parts.message) };
};
