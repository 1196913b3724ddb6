// SPDX-License-Identifier: MIT
import { type Person, parsePatchFile, type Series } from '@uio-msi/series';
import type { Message, Revision } from '../src/message/message.js';
import type { FactValues } from '../src/preflight/facts.js';
import type { Breach, Rule } from '../src/preflight/rule.js';

/** Who writes and sends what tests post, unless they say otherwise. */
export const MAINTAINER: Person = { name: 'Jane Roe', address: 'jane@kernelhackers.dev' };

/** A change of one line in a file that is there. */
export const CHANGE = `diff --git a/drivers/uio/uio.c b/drivers/uio/uio.c
--- a/drivers/uio/uio.c
+++ b/drivers/uio/uio.c
@@ -10,3 +10,4 @@ static int uio_open(void)
 	int ret;
 
+	mutex_lock(&minor_lock);
 	return 0;
`;

/** The diff of a new file. */
export const creates = (path: string, ...lines: string[]): string => `diff --git a/${path} b/${path}
new file mode 100644
--- /dev/null
+++ b/${path}
@@ -0,0 +1,${lines.length} @@
${lines.map((line) => `+${line}\n`).join('')}`;

/** The diff that adds lines to a file. */
export const adds = (path: string, ...lines: string[]): string => `diff --git a/${path} b/${path}
--- a/${path}
+++ b/${path}
@@ -1,1 +1,${lines.length + 1} @@
 what was there
${lines.map((line) => `+${line}\n`).join('')}`;

/** What a test says of a patch; the rest is as it should be. */
export interface PatchOptions {
  readonly subject?: string;
  readonly author?: Person;
  readonly message?: string;
  /** Lines at the end of the message. */
  readonly trailers?: readonly string[];
  readonly notes?: string;
  readonly diff?: string;
}

const show = ({ name, address }: Person): string => `${name} <${address}>`;

/** The file of a patch. */
export const patchText = ({
  subject = 'uio: lock the minor numbers',
  author = MAINTAINER,
  message = 'Two processes may open a device at the same time.',
  trailers = [`Signed-off-by: ${show(author)}`],
  notes = '',
  diff = CHANGE,
}: PatchOptions = {}): string => `From ${'0'.repeat(40)} Mon Sep 17 00:00:00 2001
From: ${show(author)}
Date: Mon, 5 Oct 2026 10:00:00 +0000
Subject: [PATCH] ${subject}

${message}
${trailers.length > 0 ? `\n${trailers.join('\n')}\n` : ''}---
${notes === '' ? '' : `${notes}\n---\n`} drivers/uio/uio.c | 1 +
 1 file changed, 1 insertion(+)

${diff}`;

/** What a test says of a revision; the rest is as it should be. */
export interface RevisionOptions {
  readonly patches?: readonly PatchOptions[];
  readonly number?: number;
  readonly resend?: boolean;
  readonly sender?: Person;
  readonly to?: readonly Person[];
  readonly cc?: readonly Person[];
  /** The text of the cover letter; null for none. */
  readonly cover?: string | null;
  readonly inReplyTo?: string;
}

/** A revision as it would be mailed. */
export const makeRevision = async ({
  patches = [{}],
  number = 1,
  resend = false,
  sender = MAINTAINER,
  to = [],
  cc = [],
  cover = patches.length > 1 ? 'What it is for.\n' : null,
  inReplyTo,
}: RevisionOptions = {}): Promise<Revision> => {
  const coverId = cover === null ? null : `v${number}-0@kernelhackers.dev`;
  const tags = (at: number) =>
    [resend && 'RESEND', 'PATCH', number > 1 && `v${number}`, cover !== null && `${at}/${patches.length}`]
      .filter(Boolean)
      .join(' ');
  const mail = (at: number, subject: string, body: string, patch: Message['patch']): Message => {
    const answers = at === 0 || coverId === null ? (inReplyTo ?? null) : coverId;
    return {
      number: at,
      file: `v${number}-000${at}.patch`,
      patch,
      messageId: `v${number}-${at}@kernelhackers.dev`,
      inReplyTo: answers,
      from: sender,
      to,
      cc,
      subject: `[${tags(at)}] ${subject}`,
      body,
      raw: `From: ${show(sender)}\nSubject: [${tags(at)}] ${subject}\n\n${body}`,
    };
  };
  const mails = patches.map(async (options, at) => {
    const patch = await parsePatchFile(`000${at + 1}.patch`, patchText(options));
    return mail(at + 1, patch.subject, patch.text.slice(patch.text.indexOf('\n\n') + 2), patch);
  });
  const messages = await Promise.all(mails);
  const series = {
    name: 'uio_lock',
    changeId: '20261005-uio-lock-0123456789ab',
    prerequisites: [],
    matrix: { kernels: ['7.2'] },
  } as unknown as Series;
  if (cover === null) return { series, number, resend, sender, messages };
  return { series, number, resend, sender, messages: [mail(0, 'uio: locking', cover, null), ...messages] };
};

/** What a rule says of a revision: `where: what`, after its verdict where that is not FAIL. */
export const broken = async (
  rule: Rule,
  options: RevisionOptions = {},
  facts: Partial<FactValues> = {},
): Promise<string[]> => {
  const revision = await makeRevision(options);
  if (rule.skip?.(revision)) return ['skipped'];
  const none = new Map();
  const defaults = {
    earlier: [],
    cover: options.cover ?? '',
    maintainers: none,
    resent: null,
    leftOut: [],
    now: new Date('2026-11-01T00:00:00Z'),
  };
  return rule.check(revision, { ...defaults, ...facts } as unknown as FactValues).map(told);
};

const told = ({ where, what, verdict }: Breach): string =>
  `${verdict === undefined ? '' : `${verdict} `}${where}: ${what}`;
