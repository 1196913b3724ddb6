// SPDX-License-Identifier: MIT
import { escapeXml } from '../../report/junit.js';

/** Markup that is ready: made by `html` alone, so that no text is taken for it. */
export interface Html {
  readonly markup: string;
}

type Part = string | number | Html | readonly Html[];

const render = (part: Part): string => {
  if (typeof part === 'string') return escapeXml(part).replaceAll('&#10;', '\n');
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
};

/** A template whose values are escaped unless they are markup. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  markup: strings.map((text, i) => text + (i < parts.length ? render(parts[i] ?? '') : '')).join(''),
});

/** Nothing. */
export const NOTHING: Html = { markup: '' };
