// SPDX-License-Identifier: MIT
import { basename } from 'node:path';
import { builtBy, isConfigured } from '../kbuild.js';
import { addedLines, nameOf, newSources, patchMails } from '../revision.js';
import { defineRule } from '../rule.js';

export const kbuild = defineRule({
  name: 'kbuild',
  title: 'every new source file has its line in a Makefile, and the CONFIG_ symbol of that is in Kconfig',
  source: { file: 'Documentation/kbuild/makefiles.rst', section: 'Goal definitions' },
  next: 'add obj-$(CONFIG_X) to the Makefile beside it, and config X to the Kconfig file',
  needs: ['buildFiles'],
  skip: (revision) =>
    patchMails(revision).some(({ patch }) => newSources(patch).length > 0) ? null : 'it adds no source file',
  check: (revision, { buildFiles }) => {
    const mails = patchMails(revision);
    const included = mails.flatMap(({ patch }) =>
      addedLines(patch).flatMap(
        ({ line }) => /^\s*#\s*include\s+"(?:.*\/)?([^"/]+\.c)"/.exec(line)?.[1] ?? [],
      ),
    );
    return mails.flatMap((mail) =>
      newSources(mail.patch).flatMap((path) => {
        const where = nameOf(mail);
        const built = builtBy(path, buildFiles);
        if (!built && included.includes(basename(path))) return [];
        if (!built) return [{ where, what: `no Makefile builds ${path}` }];
        return built.symbols
          .filter((symbol) => !isConfigured(symbol, buildFiles))
          .map((symbol) => ({
            where,
            what: `${path} is built by CONFIG_${symbol}, and no Kconfig file has that`,
          }));
      }),
    );
  },
});
