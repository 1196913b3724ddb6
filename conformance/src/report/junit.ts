// SPDX-License-Identifier: MIT
import type { CaseRecord, RunDocument } from './records.js';

type Result = Omit<CaseRecord, 'type'>;

/** JUnit XML of a run: a suite a device, as CI systems read it. Pure. */
export const junitOf = ({ devices, cases, suite, kernel }: RunDocument): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="uio-msi-conformance ${escapeXml(suite)} on Linux ${escapeXml(kernel)}">`,
    ...devices.flatMap(({ device, bdf }) => {
      const own = cases.filter((one) => one.bdf === bdf);
      const count = (...verdicts: Result['verdict'][]) =>
        own.filter(({ verdict }) => verdicts.includes(verdict)).length;
      return [
        `<testsuite name="${escapeXml(`${device} ${bdf}`)}" tests="${own.length}" failures="${count('FAIL')}" errors="${count('ERROR', 'MISS')}" skipped="${count('SKIP')}">`,
        ...own.map(testcase),
        '</testsuite>',
      ];
    }),
    '</testsuites>',
    '',
  ].join('\n');

const ELEMENTS: Readonly<Record<Result['verdict'], string | null>> = {
  PASS: null,
  FAIL: 'failure',
  ERROR: 'error',
  MISS: 'error',
  SKIP: 'skipped',
};

const testcase = ({ id, device, title, verdict, seconds, message, log }: Result): string => {
  const head = `<testcase classname="${escapeXml(device)}" name="${escapeXml(id)}" time="${seconds}"`;
  const element = ELEMENTS[verdict];
  if (element === null) return `${head}/>`;
  const body = [title, ...(log === null ? [] : [log])].join('\n');
  return `${head}><${element} message="${escapeXml(message ?? '')}">${escapeXml(body)}</${element}></testcase>`;
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\n': '&#10;',
};

/** Text for XML and HTML, in elements and attributes; what neither may have becomes U+FFFD. Pure. */
export const escapeXml = (text: string): string =>
  text
    .replaceAll(/[&<>"'\n]/g, (char) => ENTITIES[char] ?? char)
    // XML 1.0, "Char": of control characters a tab and line ends alone.
    .replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (char) => ('\t\n\r'.includes(char) ? char : '\uFFFD'));
