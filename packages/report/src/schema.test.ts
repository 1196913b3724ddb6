// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { DEPTHS, PATCH_STATUSES, STAGES, VERDICTS } from '@uio-msi/model';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, it } from 'vitest';
import { night } from '../testing/night.js';
import { badRun, cell, run, stage } from '../testing/sample.js';
import { mergeRuns } from './merge/merge.js';

const schema = JSON.parse(readFileSync(new URL('../../../docs/result.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
formats.default(ajv);
const validate = ajv.compile(schema);
const errorsOf = (value: unknown) => {
  validate(JSON.parse(JSON.stringify(value)));
  return validate.errors ?? [];
};

it('describes every result', () => {
  const retried = stage('boot', { attempts: [{ verdict: 'FAIL', reason: 'lost', seconds: 1 }] });
  const { run: last } = night();
  const one = { ...run('PASS', [{ ...cell('PASS', [retried]), prefix: 3 }]), content: 'a', tier: 'nightly' };
  for (const result of [badRun(), last, one, mergeRuns([one, one], last.run, 'merge')])
    expect(errorsOf(result)).toEqual([]);
});

it('knows the words of the model, all of them and no other', () => {
  expect(schema.$defs.verdict.enum).toEqual(VERDICTS);
  expect(schema.$defs.stage.properties.stage.enum).toEqual(STAGES);
  expect(schema.$defs.cell.properties.depth.enum).toEqual(DEPTHS);
  expect(schema.$defs.patch.properties.status.enum).toEqual(PATCH_STATUSES);
});

it('names every field that a result has', () => {
  const seen = (value: object, of: string): string[] =>
    Object.keys(value).filter((key) => !(key in (of === '' ? schema : schema.$defs[of]).properties));
  const { run: last } = night();
  expect(seen(last, '')).toEqual([]);
  for (const one of last.cells) {
    expect(seen(one, 'cell')).toEqual([]);
    for (const result of one.stages) {
      expect(seen(result, 'stage')).toEqual([]);
      for (const finding of result.findings) expect(seen(finding, 'finding')).toEqual([]);
      for (const device of result.devices ?? []) expect(seen(device, 'device')).toEqual([]);
      for (const case_ of result.cases ?? []) expect(seen(case_, 'case')).toEqual([]);
    }
  }
});

it('refuses another version, and what is not there', () => {
  expect(errorsOf({ ...badRun(), version: 2 })).not.toEqual([]);
  expect(errorsOf({ ...badRun(), cells: undefined })).not.toEqual([]);
  expect(errorsOf(run('FAIL', [cell('FAIL', [{ ...stage('boot'), verdict: 'BAD' as never }])]))).not.toEqual(
    [],
  );
});
