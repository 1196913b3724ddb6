// SPDX-License-Identifier: MIT

// Hues are those of Okabe and Ito, which people with any colour vision tell apart
// (https://jfly.uni-koeln.de/color/): vermillion, reddish purple, orange, bluish green, blue. They
// are darkened or lightened until text on them or of them can be read.

/** The colours of a theme, by what they are for. */
export const LIGHT = {
  paper: '#fafaf8',
  card: '#ffffff',
  wash: '#f2f3f1',
  ink: '#1a1e22',
  soft: '#59626c',
  rule: '#d9dde1',
  shade: '#0000001a',
  link: '#0a5a9c',
  fail: '#b33f00',
  'on-fail': '#ffffff',
  'fail-text': '#a63a00',
  error: '#8f2f72',
  'on-error': '#ffffff',
  miss: '#7a4f00',
  'miss-wash': '#fff3d6',
  pass: '#00614a',
  'pass-wash': '#dcf3eb',
  done: '#0a5a9c',
  'done-wash': '#e2effa',
} as const;

/** A theme. */
export type Palette = Readonly<Record<keyof typeof LIGHT, string>>;

/** As {@link LIGHT}, on black. */
export const DARK: Palette = {
  paper: '#101316',
  card: '#181c21',
  wash: '#20252b',
  ink: '#e7eaed',
  soft: '#a3acb6',
  rule: '#343b44',
  shade: '#00000080',
  link: '#86bdf2',
  fail: '#ff8d57',
  'on-fail': '#1f0b00',
  'fail-text': '#ff9d6e',
  error: '#eaa3d3',
  'on-error': '#25081c',
  miss: '#f2c35c',
  'miss-wash': '#352a10',
  pass: '#5fd6b0',
  'pass-wash': '#0f3027',
  done: '#86bdf2',
  'done-wash': '#12293d',
};
