// SPDX-License-Identifier: MIT
import {
  entryFor,
  parseChangelog,
  putTogether,
  renderChangelog,
  type Trailer,
  takeApart,
  withNotes,
} from '@uio-msi/series';

const TRAILER = /^[A-Za-z][A-Za-z0-9-]*: +\S/;
const SIGN_OFF = /^signed-off-by:/i;

/** A patch file with more trailers: above the last sign-off, which stays last. */
export const withTrailers = (text: string, trailers: readonly Trailer[]): string => {
  if (trailers.length === 0) return text;
  const parts = takeApart(text);
  const lines = parts.message.trimEnd().split('\n');
  const added = trailers.map(({ key, value }) => `${key}: ${value}`);
  const block = lines.findLastIndex((line) => line.trim() === '') + 1;
  const last = lines.findLastIndex((line, at) => at >= block && SIGN_OFF.test(line));
  const hasBlock = lines.slice(block).some((line) => TRAILER.test(line));
  const message =
    last !== -1
      ? [...lines.slice(0, last), ...added, ...lines.slice(last)]
      : [...lines, ...(hasBlock || lines.join('') === '' ? [] : ['']), ...added];
  return putTogether({ ...parts, message: `${message.join('\n')}\n` });
};

/** A patch file whose changelog of a revision says some more, each thing once. */
export const withChangelog = (text: string, revision: number, said: readonly string[]): string => {
  const changelog = parseChangelog(takeApart(text).notes.trim());
  const before = entryFor(changelog, revision);
  const lines = said.map((one) => ` - ${one}`).filter((line) => !before.includes(line.trim()));
  if (lines.length === 0) return text;
  const kept = /^[-*\s]/.test(before) || before === '' ? before : ` - ${before}`;
  const entry = { revision, text: [kept, ...lines].filter((line) => line !== '').join('\n') };
  const others = changelog.entries.filter((one) => one.revision !== revision);
  return withNotes(text, renderChangelog({ ...changelog, entries: [entry, ...others] }));
};
