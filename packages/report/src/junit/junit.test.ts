// SPDX-License-Identifier: MIT
import type { RunResult } from '@uio-msi/model';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { badRun, caseResult, cell, checkResults, run, stage } from '../../testing/sample.js';
import { renderJunit } from './junit.js';

const render = (given: RunResult): string => [...renderJunit(given)].join('');

// Another's parser decides whether it is XML, and what it says.
const parse = (xml: string): unknown => {
  expect(XMLValidator.validate(xml)).toBe(true);
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (name, _path, _leaf, attribute) => !attribute && name !== 'testsuites',
  }).parse(xml);
};

it('has a suite for each cell and counts what its cases say', () => {
  expect(parse(render(badRun()))).toMatchObject({
    testsuites: {
      testsuite: [
        { name: '7.2.6-x86_64-gcc-12-minimal', tests: '9', failures: '2', errors: '0', skipped: '1' },
        { name: '6.12.107-x86_64-gcc-12-minimal', tests: '3', failures: '1', errors: '0', skipped: '1' },
      ],
    },
  });
});

it('keeps hostile text as text', () => {
  const message = `</failure><script>&'"]]>\u0000\u001b[31m\ud800`;
  const bad = caseResult({ verdict: 'FAIL', message, log: message });
  const xml = render(run('FAIL', [cell('FAIL', [stage('conform', { verdict: 'FAIL', cases: [bad] })])]));
  const cleaned = `</failure><script>&'"]]>\ufffd\ufffd[31m\ufffd`;
  expect(parse(xml)).toMatchObject({
    testsuites: {
      testsuite: [
        { testcase: [{}, { name: 'irq.replace', failure: [{ message: cleaned, '#text': cleaned }] }] },
      ],
    },
  });
  for (const forbidden of ['\u0000', '\u001b', '\ud800']) expect(xml).not.toContain(forbidden);
});

it('has a case for each check, skipped when it was left out', () => {
  const xml = render(run('PASS', [cell('PASS', [stage('inspect', { checks: checkResults() })])]));
  const skipped = { classname: '7.2.6-x86_64-gcc-12-minimal.inspect', name: 'docutils' };
  expect(parse(xml)).toMatchObject({
    testsuites: {
      testsuite: [
        { skipped: '1', testcase: [{}, {}, {}, { ...skipped, skipped: [{ message: expect.any(String) }] }] },
      ],
    },
  });
});

it('has a name for each case on each device, and the worst of what is there twice', () => {
  const on = (bdf: string, verdict: 'PASS' | 'FAIL') => caseResult({ bdf, verdict, message: 'no event' });
  const cases = [on('0000:00:02.0', 'PASS'), on('0000:00:03.0', 'FAIL'), on('0000:00:02.0', 'FAIL')];
  const bad = run('FAIL', [cell('FAIL', [stage('conform', { verdict: 'FAIL', cases })])]);
  const place = '7.2.6-x86_64-gcc-12-minimal.rocker-66';
  expect(parse(render(bad))).toMatchObject({
    testsuites: {
      testsuite: [
        {
          ...{ tests: '3', failures: '3' },
          testcase: [
            { name: 'conform' },
            { classname: `${place}-0000:00:02.0`, failure: [{}] },
            { classname: `${place}-0000:00:03.0`, failure: [{}] },
          ],
        },
      ],
    },
  });
});

it('says of a cell how it failed on another machine, under the name it has', () => {
  const on = (reason: string, ...failing: readonly string[]) =>
    cell('FAIL', [
      stage('conform', {
        ...{ verdict: 'FAIL', reason },
        cases: ['irq.a', 'irq.b'].map((id) =>
          caseResult({ id, verdict: failing.includes(id) ? 'FAIL' : 'PASS' }),
        ),
      }),
    ]);
  const merged = {
    ...on('irq.a on rocker', 'irq.a'),
    others: [{ ...on('irq.b on rocker', 'irq.b'), from: 'run-b' }],
  };
  expect(parse(render(run('FAIL', [merged])))).toMatchObject({
    testsuites: {
      testsuite: [
        {
          failures: '3',
          testcase: [
            { failure: [{ message: expect.stringContaining('irq.a on rocker; in run-b: irq.b on rocker') }] },
            { name: 'irq.a', failure: [{}] },
            { name: 'irq.b', failure: [{ message: expect.stringContaining('in run-b') }] },
          ],
        },
      ],
    },
  });
});
