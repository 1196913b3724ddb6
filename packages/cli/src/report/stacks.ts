// SPDX-License-Identifier: MIT
import { basename } from 'node:path';
import { run, type State } from '@uio-msi/host';
import type { CellResult, Splat } from '@uio-msi/model';
import { openArtefacts } from '@uio-msi/pipeline';
import type { DecodedFrame } from '@uio-msi/report';

// A frame in a module: ` uio_msi_handler+0x1/0x20 [uio_msi]`, also behind `RIP: 0010:`.
const FRAME = /([A-Za-z_][\w.]*)(\+0x[0-9a-f]+)\/0x[0-9a-f]+ \[(\w+)\]/g;

/** The frames of a trace that are in modules, each once. */
export const moduleFrames = (text: string): readonly { frame: string; place: string; module: string }[] => [
  ...new Map(
    [...text.matchAll(FRAME)].map(([frame, name = '', offset = '', module = '']) => [
      frame,
      { frame, place: name + offset, module },
    ]),
  ).values(),
];

// Below the folder in which the kernel was built.
const inTree = (path: string): string => path.replace(/^.*\/(?:worktrees|build)\/[^/]+\//, '');

/**
 * The lines of source behind a place in a module, innermost first; none when it has no debug information.
 *
 * @param place symbol and offset: binutils' addr2line takes both (2.38 and later)
 */
export const linesOf = async (module: string, place: string): Promise<readonly string[]> => {
  const args = ['--inlines', '--functions', '--exe', module, place];
  const { exitCode, stdout } = await run('addr2line', args, { timeoutSeconds: 20 });
  const lines = stdout.trimEnd().split('\n');
  // A symbol that it does not know is address 0 to it: of whom it speaks is the last function. What
  // the compiler made of a function has a suffix in the symbol (uio_msi_disarm.part.0).
  const [symbol] = place.split(/[.+]/, 1);
  if (exitCode !== 0 || lines.at(-2) !== symbol) return [];
  return lines
    .filter((_, at) => at % 2 === 1)
    .map((line) => inTree(line.replace(/ \(discriminator \d+\)$/, '').trim()))
    .filter((line) => !line.startsWith('??') && !/:[?0]$/.test(line));
};

// A merged run has what another machine said: it leads nowhere but into our artefacts.
const isOurs = ({ artefacts = '', modules = '' }: Readonly<Record<string, string>>): boolean =>
  /^artefacts\/[\w-]+$/.test(artefacts) && /^[\w. -]*$/.test(modules);

/** The decoded stack of each splat of a cell, by its text, as far as the modules that were built tell. */
export const decodeStacks = async (
  state: State,
  cell: CellResult,
): Promise<Map<string, readonly DecodedFrame[]>> => {
  const splats: readonly Splat[] = cell.stages.flatMap(({ splats = [] }) => splats);
  const outputs = cell.stages.find(({ stage }) => stage === 'build')?.outputs;
  const stacks = new Map<string, readonly DecodedFrame[]>();
  if (!outputs || !isOurs(outputs)) return stacks;
  const { modules } = openArtefacts(state, outputs);
  for (const { text } of splats) {
    const frames: DecodedFrame[] = [];
    for (const { frame, place, module } of moduleFrames(text)) {
      const path = modules.find((one) => basename(one, '.ko').replaceAll('-', '_') === module);
      frames.push({ frame, where: path ? await linesOf(path, place) : [] });
    }
    stacks.set(text, frames);
  }
  return stacks;
};
