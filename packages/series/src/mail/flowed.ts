// SPDX-License-Identifier: MIT

/** What a Content-Type: says of its lines (RFC 3676). */
export interface Flow {
  /** A line that ends with a space goes on in the next, and each may have a space put before it. */
  readonly flowed: boolean;
  /** The space at the end was put there, too. */
  readonly delsp: boolean;
}

/** Reads the parameters of a Content-Type:. */
export const flowOf = (contentType: string): Flow => ({
  flowed: /;\s*format\s*=\s*"?flowed\b/i.test(contentType),
  delsp: /;\s*delsp\s*=\s*"?yes\b/i.test(contentType),
});

/** A text as it was before a mail program flowed it, as git mailinfo gives it (handle_filter_flowed()). */
export const unflowed = (text: string, { flowed, delsp }: Flow): string => {
  if (!flowed) return text;
  const lines: string[] = [];
  let before = '';
  for (const raw of text.split(/\r?\n/)) {
    if (raw === '-- ') {
      if (before !== '') lines.push(before);
      lines.push(raw);
      before = '';
      continue;
    }
    const line = raw.replace(/^ /, '');
    if (line.endsWith(' ')) before += delsp ? line.slice(0, -1) : line;
    else {
      lines.push(before + line);
      before = '';
    }
  }
  return [...lines, ...(before === '' ? [] : [before])].join('\n');
};
