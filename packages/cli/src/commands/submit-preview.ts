// SPDX-License-Identifier: MIT
import { join, resolve } from 'node:path';
import { EXIT, UserError } from '@uio-msi/model';
import { defineCommand } from '../command/spec.js';
import type { RevisionOptions } from '../submit/revision.js';
import { REVISION_OPTIONS } from './submit-options.js';

interface PreviewOptions extends RevisionOptions {
  readonly dir?: string;
}

// As git format-patch --zero-commit begins each file.
const MARK = 'From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\n';

/** `submit preview`: the mails, as files. */
export const preview = defineCommand<PreviewOptions>({
  name: 'preview',
  summary: 'the mails as they would be sent, as files that git am takes',
  options: [
    ...REVISION_OPTIONS,
    { flags: '--dir <dir>', summary: 'where to write them (default: only show whom they go to)' },
  ],
  examples: [['submit preview --dir /tmp/v2', 'read them before anybody else does']],
  async run(options, world) {
    const { openRevision } = await import('../submit/revision.js');
    const { makeFolder, writeAtomic } = await import('@uio-msi/host');
    const { revision } = await openRevision(options, world);
    const dir = options.dir === undefined ? null : resolve(options.dir);
    if (dir !== null) {
      await makeFolder(dir).catch((error: Error) => {
        const next = 'name another folder with --dir';
        throw new UserError({
          code: 'bad-folder',
          message: `${dir} cannot be made`,
          why: error.message,
          next,
        });
      });
      for (const { file, raw } of revision.messages) await writeAtomic(join(dir, file), `${MARK}${raw}`);
    }
    const rows = revision.messages.map(({ file, subject, messageId, to, cc, patch }) => ({
      file: dir === null ? file : join(dir, file),
      subject,
      messageId,
      patch: patch?.file ?? null,
      to: to.map(({ address }) => address),
      cc: cc.map(({ address }) => address),
    }));
    const [first] = rows;
    return {
      exitCode: EXIT.good,
      text: [
        `to ${first?.to.join(', ')}`,
        ...(first?.cc.length ? [`cc ${first.cc.join(', ')}`] : []),
        ...rows.map(({ file, subject }) => (dir === null ? subject : `${file}  ${subject}`)),
      ].join('\n'),
      json: {
        version: 1,
        series: revision.series.name,
        revision: `v${revision.number}`,
        dir,
        messages: rows,
      },
    };
  },
});
