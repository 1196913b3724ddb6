// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { quote } from '@uio-msi/host';
import { openStore, selectKernels } from '@uio-msi/kernels';
import {
  type BuiltModules,
  buildModules,
  chooseLines,
  collectModules,
  dkmsName,
  type Headers,
  type ModuleSource,
  packageVersion,
  readHeaders,
  runningHeaders,
  type SigningKey,
  writeDeb,
  writeModuleSource,
} from '@uio-msi/module';
import type { Outcome } from '../command/spec.js';
import type { World } from '../world/world.js';
import { openCatalogue } from './choose.js';
import { openSeries } from './series.js';
import { installRunTools } from './tools.js';

interface Wanted {
  readonly series: string;
  readonly kernels?: readonly string[];
}

type Told = Pick<Outcome, 'text' | 'json'>;

const readLicence = (root: string): Promise<string> =>
  readFile(join(root, 'LICENSES/GPL-2.0-only.txt'), 'utf8');

/** @param kernelLine the line to have sources for; null for all */
const collect = async (wanted: Wanted, kernelLine: string | null, world: World): Promise<ModuleSource> => {
  const series = await openSeries(world.root, wanted.series);
  const catalogue = await openCatalogue(world.root);
  const lines = chooseLines(
    kernelLine,
    catalogue.kernels.map(({ line }) => line),
  );
  const kernels = selectKernels(catalogue, wanted.kernels ?? lines);
  const store = await openStore(await world.openState());
  await installRunTools(world);
  return collectModules(series, kernels, store, world);
};

/** Builds the modules for one kernel, and says how they are loaded. */
export const buildModulesFor = async (
  options: Wanted & { kernelHeaders?: string; out?: string; key: SigningKey | null },
  world: World,
): Promise<Told> => {
  const headers = await readHeaders(options.kernelHeaders ?? runningHeaders());
  const source = await collect(options, headers.line, world);
  const state = await world.openState();
  const built = await buildModules(
    {
      source,
      licence: await readLicence(world.root),
      headers,
      out: options.out === undefined ? state.path('modules', headers.release) : resolve(options.out),
      scratch: state.path('build', `module-${headers.release}`),
      key: options.key,
    },
    world,
  );
  return { text: describeBuilt(headers, source, built), json: { version: 1, headers, ...built } };
};

const describeBuilt = ({ release }: Headers, { lines }: ModuleSource, { modules }: BuiltModules): string =>
  [
    `For linux ${release}, from the sources of ${lines.map(({ version }) => version).join(', ')}:`,
    ...modules.map(
      ({ path, sha256, series, signed }) =>
        `  ${path}\n    ${series}, ${signed ? 'signed' : 'not signed'}, sha256 ${sha256}`,
    ),
    '',
    "Load them there, as root. The kernel's own UIO core must not be loaded: lsmod | grep uio",
    '  modprobe -r uio',
    ...modules.map(({ path }) => `  insmod ${quote(path)}`),
  ].join('\n');

/** Packs the modules' sources for DKMS. */
export const packModules = async (options: Wanted & { out: string }, world: World): Promise<Told> => {
  const source = await collect(options, null, world);
  const licence = await readLicence(world.root);
  const version = packageVersion(source);
  const out = resolve(options.out);
  const folder = join(out, `${dkmsName(source)}-${version}`);
  await writeModuleSource(folder, source, licence);
  const state = await world.openState();
  const deb = await writeDeb(out, source, licence, state.path('build', 'module-deb'));
  const lines = source.lines.map(({ line, version: kernel }) => ({ line, kernel }));
  const text = [
    `For linux ${lines.map(({ line }) => line).join(', ')} and kernels between:`,
    `  ${folder}`,
    `  ${deb}`,
    '',
    'Debian, Ubuntu: the headers of your kernel, then the package:',
    '  apt-get install linux-headers-$(uname -r)',
    `  apt-get install ./${basename(deb)}`,
    'Elsewhere: the folder to /usr/src, then',
    `  dkms install ${dkmsName(source)}/${version}`,
  ];
  return { text: text.join('\n'), json: { version: 1, folder, deb, packageVersion: version, lines } };
};
