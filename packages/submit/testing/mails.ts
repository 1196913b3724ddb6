// SPDX-License-Identifier: MIT

const MARK = 'From mboxrd@z Thu Jan  1 00:00:00 1970\n';

/** A mail of git format-patch taken apart. */
export const cutMail = (mail: string): { head: string; body: string } => {
  const text = mail.replace(/^From .*\n/, '');
  const end = text.indexOf('\n\n');
  return { head: text.slice(0, end), body: text.slice(end + 2) };
};

/** The same mail with another transfer encoding. */
export const encoded = (mail: string, encoding: 'base64' | 'quoted-printable', lineEnd = '\n'): string => {
  const { head, body } = cutMail(mail);
  const headers = head.replace(/\n(?:MIME-Version|Content-[\w-]+):.*/g, '');
  const bytes = Buffer.from(body.replaceAll('\n', lineEnd));
  const text =
    encoding === 'base64' ? (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\n') : printable(body);
  return `From x\n${headers}\nMIME-Version: 1.0\nContent-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: ${encoding}\n\n${text}\n`;
};

const printable = (text: string): string =>
  text
    .split('\n')
    .map((line) => {
      const bytes = [...Buffer.from(line)];
      const words = bytes.map((byte, at) =>
        byte === 0x3d ||
        byte > 0x7e ||
        (byte < 0x20 && byte !== 9) ||
        (at === bytes.length - 1 && byte <= 0x20)
          ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
          : String.fromCharCode(byte),
      );
      const lines: string[] = [''];
      for (const word of words) {
        if ((lines.at(-1) ?? '').length + word.length > 75) lines.push('');
        lines[lines.length - 1] += word;
      }
      return lines.join('=\n');
    })
    .join('\n');

/** Mails, as git format-patch writes them or as {@link encoded} does, as an mboxrd. */
export const mailbox = (mails: readonly string[]): string =>
  mails
    .map(
      (mail) =>
        `${MARK}${mail
          .replace(/^From .*\n/, '')
          .replace(/^(?=>*From )/gm, '>')
          .trimEnd()}\n\n`,
    )
    .join('');

/** A reply to a mail. */
export const reply = (id: string, to: string, subject: string, from: string, body: string): string =>
  `From x\nFrom: ${from}\nTo: list@example.org\nSubject: Re: ${subject}\nDate: Mon, 9 Nov 2026 10:00:00 +0000\nMessage-ID: <${id}>\nIn-Reply-To: <${to}>\nReferences: <${to}>\n\n${body}\n`;
