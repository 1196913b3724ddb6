// SPDX-License-Identifier: MIT
import { EXIT, UserError } from '@uio-msi/model';
import { type CommandGroup, defineCommand } from '../command/spec.js';
import { KERNELS, SERIES, YES } from './options.js';

const OUT = '--out <folder>';

interface BuildOptions {
  readonly series: string;
  readonly kernelHeaders?: string;
  readonly kernels?: readonly string[];
  readonly out?: string;
  readonly signKey?: string;
  readonly signCert?: string;
}

const signingKey = ({ signKey, signCert }: BuildOptions) => {
  if (signKey === undefined && signCert === undefined) return null;
  if (signKey !== undefined && signCert !== undefined) return { key: signKey, certificate: signCert };
  throw new UserError({
    code: 'half-a-key',
    message: 'signing takes a key and its certificate',
    next: 'give both --sign-key and --sign-cert; docs/vendor.md, "Secure Boot", says how they are made',
  });
};

const build = defineCommand<BuildOptions>({
  name: 'build',
  summary: 'build the modules for a kernel that is there, against its headers',
  options: [
    SERIES,
    {
      flags: '--kernel-headers <folder>',
      summary: "the kernel's headers (default: the running kernel's, /lib/modules/…/build)",
    },
    {
      ...KERNELS,
      summary: 'take the sources of this line (default: that of the headers, or the next newer)',
    },
    { flags: OUT, summary: 'where the modules go (default: modules/<release> in the state folder)' },
    { flags: '--sign-key <file>', summary: 'sign them with this private key (PEM)' },
    { flags: '--sign-cert <file>', summary: "that key's certificate" },
    YES,
  ],
  examples: [
    ['module build', 'for the running kernel'],
    ['module build --kernel-headers /usr/src/linux-headers-6.1.0-56-amd64 --out modules', 'for another'],
  ],
  async run(options, world) {
    const key = signingKey(options);
    const { buildModulesFor } = await import('../cells/modules.js');
    return { exitCode: EXIT.good, ...(await buildModulesFor({ ...options, key }, world)) };
  },
});

interface DkmsOptions {
  readonly series: string;
  readonly kernels?: readonly string[];
  readonly out: string;
}

const dkms = defineCommand<DkmsOptions>({
  name: 'dkms',
  summary: 'pack the modules for DKMS: a folder of sources, and a Debian package of it',
  options: [
    SERIES,
    { ...KERNELS, summary: 'lines to have sources for (default: all of the catalogue)' },
    { flags: OUT, summary: 'where the folder and the package go', fallback: 'dist' },
    YES,
  ],
  examples: [['module dkms --kernels 6.1,6.12 --out dist', 'dist/uio-msi-dkms_…_all.deb, and its sources']],
  async run(options, world) {
    const { packModules } = await import('../cells/modules.js');
    return { exitCode: EXIT.good, ...(await packModules(options, world)) };
  },
});

/** The series as modules for kernels that others built. */
export const module: CommandGroup = {
  name: 'module',
  summary: 'the modules for a kernel that is already there',
  commands: [build, dkms],
};
