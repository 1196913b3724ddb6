// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { findingsOf, parseSaid } from './said.js';

const folders = { worktree: '/w', buildDir: '/b' };

// As make -j2 gave it for 7.2.6, ccache in front of gcc 12.
const LINES = `In file included from ../w/include/asm-generic/bug.h:31,
                 from ../w/include/linux/list.h:11,
                 from ../w/drivers/iommu/intel/dmar.c:19:
../w/drivers/iommu/intel/dmar.c: In function 'dmar_parse_one_andd':
../w/include/linux/kern_levels.h:5:25: warning: '%s' directive argument is null [-Wformat-overflow=]
    5 | #define KERN_SOH        "\\001"          /* ASCII Start Of Header */
In file included from ../w/include/linux/crash_dump.h:5,
                 from ../w/drivers/iommu/intel/iommu.c:16:
../w/include/linux/kern_levels.h:5:25: warning: '%s' directive argument is null [-Wformat-overflow=]
../w/drivers/uio/uio.c:7:5: warning: unused variable 'x' [-Wunused-variable]`.split('\n');

it('knows the source that was compiled when a header was wrong', () => {
  const said = parseSaid(LINES, 'gcc', folders);
  expect(said.map(({ finding, unit }) => [finding.file, unit])).toEqual([
    ['include/linux/kern_levels.h', 'drivers/iommu/intel/dmar.c'],
    ['include/linux/kern_levels.h', 'drivers/iommu/intel/iommu.c'],
    ['drivers/uio/uio.c', 'drivers/uio/uio.c'],
  ]);
  expect(findingsOf(said).map(({ file }) => file)).toEqual([
    'include/linux/kern_levels.h',
    'drivers/uio/uio.c',
  ]);
});

it('does not make up a source for a header', () => {
  expect(parseSaid(['../w/a.h:1:2: error: bad'], 'gcc', folders)).toMatchObject([{ unit: null }]);
});
