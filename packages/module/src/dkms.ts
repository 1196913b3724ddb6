// SPDX-License-Identifier: MIT
import { moduleName } from './kbuild.js';
import type { ModuleSource } from './source.js';

/** What DKMS calls the package of a series: `uio-msi`. */
export const dkmsName = ({ series }: Pick<ModuleSource, 'series'>): string => series.replaceAll('_', '-');

/**
 * dkms.conf, dkms(8). All modules go to one place, which depmod prefers to the kernel's own
 * (depmod.d(5): `search updates`), so that the rebuilt core is the one that modprobe loads.
 */
export const dkmsConf = (source: ModuleSource, version: string): string =>
  [
    `PACKAGE_NAME="${dkmsName(source)}"`,
    `PACKAGE_VERSION="${version}"`,
    'MAKE[0]="make -C $kernel_source_dir M=$dkms_tree/$PACKAGE_NAME/$PACKAGE_VERSION/build modules"',
    'CLEAN="make -C $kernel_source_dir M=$dkms_tree/$PACKAGE_NAME/$PACKAGE_VERSION/build clean"',
    ...source.modules.flatMap((path, i) => [
      `BUILT_MODULE_NAME[${i}]="${moduleName(path)}"`,
      `DEST_MODULE_LOCATION[${i}]="/updates/dkms"`,
    ]),
    'AUTOINSTALL="yes"',
    '',
  ].join('\n');
