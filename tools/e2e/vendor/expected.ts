// SPDX-License-Identifier: MIT

/** What a step of a guest must come to. */
export interface Expected {
  /** The exit codes that it may end with. */
  readonly exit: readonly number[];
  /** What it must say, on either stream. */
  readonly says?: RegExp;
}

type Steps = Readonly<Record<string, Expected>>;

const GIVEN_BACK_BY_HAND: Expected = { exit: [0], says: /a journal is left\n.*driver_override/s };

/** Every step of each guest's script, by its name. */
export const STEPS = {
  install: {
    install: { exit: [0] },
    modinfo: { exit: [0], says: /^series: +uio_msi v\d+ [0-9a-f]{12}$/m },
    status: { exit: [0], says: /^uio-msi\/.*: installed$/m },
    'not-loaded': { exit: [3], says: /uio_msi is not loaded\. Load it: modprobe uio_msi/ },
    modprobe: { exit: [0] },
    short: { exit: [1], says: /core: incomplete/ },
    mute: { exit: [1], says: /somebody took bus mastering from it: no message leaves/i },
    endless: { exit: [1], says: /got \d+, expected 1\n|expected silence/ },
    silent: { exit: [1, 3], says: /0000:01:00\.0 .* answers nothing but ones/ },
    'silent-back': { exit: [0] },
    removed: { exit: [0], says: /\/kernel\/drivers\/uio\/uio\.ko$/m },
  },
  hour: {
    archive: { exit: [0] },
    sums: { exit: [0] },
    'no-module': { exit: [3], says: /uio_msi is not in this kernel\. Build it/ },
    'wrong-kernel': { exit: [3], says: /installed for 6\.1\.0-1-amd64, not for the kernel that runs/ },
    core: { exit: [0] },
    driver: { exit: [0] },
    list: {
      exit: [0],
      says: /In use.*0000:00:02\.0.* is up.*0000:00:03\.0.*mounted on \/\n.*does not take:/s,
    },
    'list-json': { exit: [0], says: /"version": 1/ },
    'no-root': { exit: [3], says: /cannot be judged without root.*Run it again as root/ },
    'list-no-root': { exit: [0], says: /0000:00:04\.0 .* cannot be judged without root/ },
    'dry-run': { exit: [0], says: /'0000:00:06\.0' > \S+\/drivers\/nvme\/bind/ },
    'in-use': { exit: [2], says: /0000:00:03\.0 is in use: disk \S+ is mounted on \// },
    run: { exit: [0], says: /digest: sha256:[0-9a-f]{64}/ },
    measured: { exit: [0], says: /"by":"device","rates":\[\{"vector":0,/ },
    verify: { exit: [0], says: /Passed\./ },
    altered: { exit: [1], says: /kernel\/log\.txt was altered/ },
    killed: { exit: [0], says: /the run was killed; the devices were given back/ },
    // Nothing was changed yet, or not all of it.
    'killed-lent': { exit: [0], says: /a journal is left/ },
    'killed-unbound': GIVEN_BACK_BY_HAND,
    'killed-at-work': GIVEN_BACK_BY_HAND,
    // It may have been found again, or all have been done, a moment before.
    'killed-off-the-bus': { exit: [0], says: /a journal is left/ },
    'killed-giving-back': { exit: [0] },
    'full-disk': { exit: [3], says: /room for \d+ KiB; a bundle may take/ },
    'filled-disk': {
      exit: [3],
      says: /Cannot write the results to \S+: ENOSPC\. Those until then are there/,
    },
    // Pulled out during a case, that one fails or cannot be judged; between two, the next finds it on the bus again.
    removed: { exit: [0, 1, 3] },
    'verify-removed': { exit: [1], says: /The bundle is whole.*core: (failed|incomplete)/s },
    restore: { exit: [0], says: /Nothing is lent/ },
    'locked-down': { exit: [1], says: /raw: incomplete/ },
    'verify-locked': { exit: [1], says: /which a kernel that is locked down \(integrity\) gives nobody/ },
  },
  locked: {
    modprobe: { exit: [1], says: /Operation not permitted|Key was rejected|Required key/ },
    'locked-out': { exit: [3], says: /not loaded.*locked down \(integrity\)/ },
    list: { exit: [0] },
  },
} as const satisfies Readonly<Record<string, Steps>>;

/** What a guest left behind, by file name. */
export type Left = ReadonlyMap<string, string>;

/** What is not as it must be, a sentence each. Pure. */
export const judge = (expected: Steps, left: Left): string[] => {
  const text = (name: string) => left.get(name) ?? '';
  const exits = new Map(
    text('steps')
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(' ') as [string, string]),
  );
  const steps = Object.entries(expected).flatMap(([name, { exit, says }]) => {
    const found = exits.get(name);
    const said = `${text(`${name}.out`)}${text(`${name}.err`)}`;
    if (found === undefined) return [`${name} was never done`];
    if (!exit.includes(Number(found)))
      return [`${name} ended with ${found}, not ${exit.join(' or ')}: ${said.trim().slice(-400)}`];
    return says === undefined || says.test(said)
      ? []
      : [`${name} does not say ${says}: ${said.trim().slice(-400)}`];
  });
  const changed = [...left.keys()]
    .filter((name) => AS_BEFORE.includes(name) && text(name) !== text('before'))
    .map((name) => `the machine was not as before (${name}): ${difference(text('before'), text(name))}`);
  return [...steps, ...(text('after') === '' ? ['the guest did not come to its end'] : []), ...changed];
};

/** What a guest writes down of the machine, beside `before`. */
const AS_BEFORE = ['untouched', 'after', 'after-lockdown'];

const difference = (before: string, after: string): string => {
  const [was, is] = [before.split('\n'), after.split('\n')];
  return [
    ...was.filter((line) => !is.includes(line)).map((line) => `-${line}`),
    ...is.filter((line) => !was.includes(line)).map((line) => `+${line}`),
  ].join(' ');
};
