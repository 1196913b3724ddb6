// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { judgeSources, tellSources } from './compiled-only.js';

const nothing = { compiled: [], broken: [], leftOut: [] };

it('says how much was compiled, and what was not and why', () => {
  expect(judgeSources({ compiled: ['a.c', 'b.c'], broken: ['c.c'], leftOut: ['d.c', 'e.c'] })).toEqual({
    verdict: 'PASS',
    reason:
      '2 sources compiled; left out by the configuration: d.c, e.c; ' +
      'without the series these do not compile either: c.c',
  });
  expect(judgeSources({ ...nothing, compiled: ['a.c'] }).reason).toBe('1 source compiled');
});

it('is no pass when nothing was', () => {
  expect(judgeSources({ ...nothing, leftOut: ['d.c'] })).toMatchObject({ verdict: 'SKIP' });
});

it('tells a log each source', () => {
  expect(tellSources({ compiled: ['a.c', 'b.c'], broken: [], leftOut: ['d.c'] })).toBe(
    'compiled: a.c\ncompiled: b.c\nleft out: d.c\n',
  );
  expect(tellSources(null)).toBe('');
});
