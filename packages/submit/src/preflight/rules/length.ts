// SPDX-License-Identifier: MIT
import { patchMails } from '../revision.js';
import { defineRule } from '../rule.js';

// "only post say 15 or so at a time"
const MOST = 15;

export const length = defineRule({
  name: 'length',
  title: `at most ${MOST} patches are posted at a time`,
  source: { file: 'Documentation/process/submitting-patches.rst', section: 'Separate your changes' },
  next: 'post the first part, and the rest when that was taken',
  needs: [],
  check: (revision) => {
    const count = patchMails(revision).length;
    return count <= MOST ? [] : [{ where: 'series', what: `it has ${count} patches` }];
  },
});
