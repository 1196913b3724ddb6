// SPDX-License-Identifier: MIT
import { flakesOf } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { cell, run, stage } from '../../testing/sample.js';
import { renderKnownFlakes } from './flakes.js';

it('counts what is known to be flaky, each failure once, and says nothing when there is none', () => {
  const flaky = (reason: string) => stage('conform', { attempts: [{ verdict: 'FAIL', reason, seconds: 3 }] });
  const cells = [cell('PASS', [flaky('lost 1')]), cell('PASS', [flaky('lost 2')], '6.1.187')];
  expect(renderKnownFlakes(flakesOf(run('PASS', cells)))).toEqual([
    'known to be flaky: 1 failure that went away, in 2 cells',
  ]);
  expect(renderKnownFlakes([])).toEqual([]);
});
