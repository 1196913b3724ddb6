// SPDX-License-Identifier: MIT
import type { Fragment } from './options.js';

type Texts = readonly Pick<Fragment, 'text'>[];

/*
 * What a configuration says of itself, each in a remark of its own. It stands in the text of a
 * fragment, and so in every key that is made of one.
 */
const OVER = /^# Over make (\w+)$/m;
const COMPILED_ONLY = /^# Compiled is only what the series touches$/m;

/**
 * The goal of the kernel's own make that a configuration is merged over, when it names one:
 * `# Over make allmodconfig`. Pure.
 */
export const overOf = (fragments: Texts): string | null =>
  fragments.flatMap(({ text }) => OVER.exec(text)?.[1] ?? []).at(-1) ?? null;

/** Whether there is to be no kernel, only objects: `# Compiled is only what the series touches`. Pure. */
export const isCompiledOnly = (fragments: Texts): boolean =>
  fragments.some(({ text }) => COMPILED_ONLY.test(text));
