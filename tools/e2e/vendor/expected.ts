// SPDX-License-Identifier: MIT

/** What a step of the hour must come to. */
export interface Expected {
  /** The exit codes that it may end with. */
  readonly exit: readonly number[];
  /** What it must say, on either stream. */
  readonly says?: RegExp;
}

/** Every step of hour.sh, by its name. */
export const STEPS: Readonly<Record<string, Expected>> = {
  sums: { exit: [0] },
  'no-module': { exit: [3], says: /uio_msi is not in this kernel\. Build it/ },
  core: { exit: [0] },
  driver: { exit: [0] },
  list: {
    exit: [0],
    says: /In use.*0000:00:02\.0.* is up.*0000:00:03\.0.*mounted on \/\n.*does not take:/s,
  },
  'list-json': { exit: [0], says: /"version": 1/ },
  'dry-run': { exit: [0], says: /'0000:00:06\.0' > \S+\/drivers\/nvme\/bind/ },
  'in-use': { exit: [2], says: /0000:00:03\.0 is in use: disk \S+ is mounted on \// },
  run: { exit: [0], says: /digest: sha256:[0-9a-f]{64}/ },
  verify: { exit: [0], says: /Passed\./ },
  altered: { exit: [1], says: /kernel\/log\.txt was altered/ },
  killed: { exit: [0], says: /the run was killed; the devices were given back/ },
  'full-disk': { exit: [3], says: /Cannot write the results/ },
  // Pulled out during a case, that one fails; between two, the next finds it on the bus again.
  removed: { exit: [0, 1] },
  restore: { exit: [0] },
};

/** What a guest left behind, by file name. */
export type Left = ReadonlyMap<string, string>;

/** What is not as it must be, a sentence each. Pure. */
export const judge = (left: Left): string[] => {
  const text = (name: string) => left.get(name) ?? '';
  const exits = new Map(
    text('steps')
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(' ') as [string, string]),
  );
  const steps = Object.entries(STEPS).flatMap(([name, { exit, says }]) => {
    const found = exits.get(name);
    const said = `${text(`${name}.out`)}${text(`${name}.err`)}`;
    if (found === undefined) return [`${name} was never done`];
    if (!exit.includes(Number(found)))
      return [`${name} ended with ${found}, not ${exit.join(' or ')}: ${said.trim().slice(-400)}`];
    return says === undefined || says.test(said)
      ? []
      : [`${name} does not say ${says}: ${said.trim().slice(-400)}`];
  });
  const changed = ['untouched', 'after']
    .filter((name) => text(name) === '' || text(name) !== text('before'))
    .map((name) => `the machine was not as before (${name}): ${difference(text('before'), text(name))}`);
  return [...steps, ...changed];
};

const difference = (before: string, after: string): string => {
  const [was, is] = [before.split('\n'), after.split('\n')];
  return [
    ...was.filter((line) => !is.includes(line)).map((line) => `-${line}`),
    ...is.filter((line) => !was.includes(line)).map((line) => `+${line}`),
  ].join(' ');
};
