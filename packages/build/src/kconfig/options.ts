// SPDX-License-Identifier: MIT

/** A piece of kernel configuration to merge: a file of `linux-tree/configs`, or a series' own options. */
export interface Fragment {
  /** Where it comes from, for the reader of a finding: `linux-tree/configs/minimal.config`. */
  readonly name: string;
  /** Lines as in `.config`. */
  readonly text: string;
  /** Whether the build is worthless without every one of its options. */
  readonly required: boolean;
  /**
   * Whether one of them may be absent when the configuration turns off what it depends on, as with
   * the first patches of a series; default: it may not.
   */
  readonly excusable?: boolean;
}

/** An option that the kernel's Kconfig did not let through. */
export interface DroppedOption {
  readonly option: string;
  readonly wanted: string;
  readonly got: string;
  readonly fragment: string;
  readonly required: boolean;
  readonly excusable: boolean;
}

// `CONFIG_X=value` or `# CONFIG_X is not set`, the two forms that Kconfig itself writes.
const OPTION = /^(?:(CONFIG_\w+)=(.*)|# (CONFIG_\w+) is not set)$/;

/**
 * The options that a configuration sets, `n` for those that it says are not set, in the order in
 * which they are set last.
 */
export const parseOptions = (text: string): ReadonlyMap<string, string> => {
  const options = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [matched, set, value = '', unset] = OPTION.exec(line.trim()) ?? [];
    if (matched === undefined) continue;
    const name = set ?? unset ?? '';
    options.delete(name);
    options.set(name, set === undefined ? 'n' : value);
  }
  return options;
};

/**
 * One configuration of several: each option once, where and as it is set last. Of a choice's
 * options Kconfig takes the last one that is on.
 */
export const mergeOptions = (texts: readonly string[]): string =>
  Array.from(parseOptions(texts.join('\n')), ([option, value]) =>
    value === 'n' ? `# ${option} is not set\n` : `${option}=${value}\n`,
  ).join('');

/**
 * What fragments asked for and the final `.config` does not have. An option that a later fragment
 * sets otherwise is asked for by that one alone; a kernel without modules has y where m was asked for.
 */
export const droppedOptions = (fragments: readonly Fragment[], config: string): readonly DroppedOption[] => {
  const got = parseOptions(config);
  const wanted = new Map<string, DroppedOption>();
  for (const { name, text, required, excusable = false } of fragments)
    for (const [option, value] of parseOptions(text))
      wanted.set(option, {
        option,
        wanted: value,
        got: got.get(option) ?? 'n',
        fragment: name,
        required,
        excusable,
      });
  const builtIn = hasModules(got) ? 'm' : 'y';
  return [...wanted.values()].filter(
    (option) => option.got !== (option.wanted === 'm' ? builtIn : option.wanted),
  );
};

/** Whether a kernel of these final options can have modules. */
export const hasModules = (options: ReadonlyMap<string, string>): boolean =>
  options.get('CONFIG_MODULES') === 'y';
