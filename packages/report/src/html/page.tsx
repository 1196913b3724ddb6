// SPDX-License-Identifier: MIT
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { STYLE } from './style.js';
import { visible } from './visible.js';

/** A part of a page that scrolls by itself when the page is narrow, also by keyboard. */
export const Wide = ({ label, children }: { label: string; children: ComponentChildren }): VNode => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
  <section class="wide" aria-label={label} tabIndex={0}>
    {children}
  </section>
);

/** Text as it was printed. */
export const Printed = ({ label, text }: { label: string; text: string }): VNode => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: as above
  <section class="printed" aria-label={label} tabIndex={0}>
    <pre>{text}</pre>
  </section>
);

/** A command to be typed. */
export const Command = ({ line }: { line: string }): VNode => (
  <p class="command">
    <code>{line}</code>
  </p>
);

// The same for all pages: made once, and not looked through for what others wrote.
const HEAD = renderToString(
  <>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    {/* Nothing runs and nothing is loaded, whatever a log may hold. */}
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
    <style dangerouslySetInnerHTML={{ __html: STYLE }} />
  </>,
);

/** A whole document. */
export const renderPage = (title: string, content: ComponentChildren): string => {
  const [named, body] = [<title>{title}</title>, <main>{content}</main>].map((part) =>
    visible(renderToString(part)),
  );
  return `<!doctype html>\n<html lang="en"><head>${HEAD}${named}</head><body>${body}</body></html>\n`;
};
