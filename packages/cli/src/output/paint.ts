// SPDX-License-Identifier: MIT
import { styleText } from 'node:util';

/** The colours in use: those every terminal has, so that its owner's theme applies. */
export type Color = 'green' | 'red' | 'yellow' | 'cyan' | 'dim' | 'bold';

/** Text in a colour, or as it is when colours are off. */
export const paint = (text: string, color: Color, enabled: boolean): string =>
  enabled ? styleText(color, text, { validateStream: false }) : text;
