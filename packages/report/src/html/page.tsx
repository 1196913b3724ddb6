// SPDX-License-Identifier: MIT
import type { Verdict } from '@uio-msi/model';
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { STYLE } from './style.js';

/** A verdict as a coloured word. */
export const Badge = ({ verdict }: { verdict: Verdict }): VNode => (
  <span class={`v v-${verdict}`}>{verdict}</span>
);

/** A table that scrolls by itself when the page is narrow, also by keyboard. */
export const Wide = ({ label, children }: { label: string; children: ComponentChildren }): VNode => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
  <section class="wide" aria-label={label} tabIndex={0}>
    {children}
  </section>
);

/** Text as it was printed. */
export const Printed = ({ label, text }: { label: string; text: string }): VNode => (
  <Wide label={label}>
    <pre>{text}</pre>
  </Wide>
);

interface PageProps {
  readonly title: string;
  readonly children: ComponentChildren;
}

const Page = ({ title, children }: PageProps): VNode => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      {/* Nothing runs and nothing is loaded, whatever a log may hold. */}
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
      <title>{title}</title>
      <style dangerouslySetInnerHTML={{ __html: STYLE }} />
    </head>
    <body>
      <main>{children}</main>
    </body>
  </html>
);

// Not in HTML at all (HTML 13.2.3.5): NUL and most controls; a browser would show them as errors.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** A whole document. */
export const renderPage = (title: string, content: ComponentChildren): string =>
  `<!doctype html>\n${renderToString(<Page title={title}>{content}</Page>).replace(CONTROLS, '\ufffd')}\n`;
