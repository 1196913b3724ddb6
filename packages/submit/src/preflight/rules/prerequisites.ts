// SPDX-License-Identifier: MIT
import { defineRule } from '../rule.js';

export const prerequisites = defineRule({
  name: 'prerequisites',
  title: 'what the series needs of this checkout was posted, and is what was posted',
  source: {
    file: 'Documentation/process/submitting-patches.rst',
    section: 'Providing base tree information',
  },
  next: 'post it as its next version first, or go back to what was posted',
  needs: ['prerequisites'],
  check: (_, { prerequisites: needed }) =>
    needed.flatMap(({ series, posted, differs }) => {
      if (posted === null)
        return [
          {
            where: series,
            what: 'the series needs it, and it was never posted: nobody else can apply this',
            next: `post it first: ./uio-msi submit preflight --series ${series}`,
          },
        ];
      return differs.map((subject) => ({
        where: series,
        what: `"${subject}" is not what was posted in v${posted}, and the series is made for what is here`,
      }));
    }),
});
