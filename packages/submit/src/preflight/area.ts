// SPDX-License-Identifier: MIT

/**
 * What subsystems are called where that is no folder or file of theirs. Made from the kernel's own
 * conventions, not from a history: trees that come as tarballs have none.
 */
const CALLED: Readonly<Record<string, readonly string[]>> = {
  doc: ['Documentation/'],
  docs: ['Documentation/'],
  dtbindings: ['Documentation/devicetree/bindings/'],
  selftest: ['tools/testing/selftests/'],
  kselftest: ['tools/testing/selftests/'],
  drivercore: ['drivers/base/', 'include/linux/device'],
  pm: ['kernel/power/', 'drivers/base/power/', 'drivers/opp/', 'drivers/cpufreq/', 'drivers/cpuidle/'],
  opp: ['drivers/base/power/opp/', 'drivers/opp/', 'include/linux/pm_opp.h'],
  genirq: ['kernel/irq/', 'include/linux/irq'],
  irqdomain: ['kernel/irq/', 'include/linux/irqdomain'],
  alsa: ['sound/'],
  asoc: ['sound/soc/'],
  vfs: ['fs/', 'include/linux/fs.h'],
  kbuild: ['Makefile', 'scripts/'],
  kconfig: ['scripts/kconfig/'],
  checkpatch: ['scripts/checkpatch.pl'],
  getmaintainer: ['scripts/get_maintainer.pl'],
  cpuidle: ['drivers/cpuidle/'],
  ras: ['drivers/ras/', 'drivers/edac/'],
  edac: ['drivers/edac/'],
  iommufd: ['drivers/iommu/'],
  locking: ['kernel/locking/', 'include/linux/mutex.h', 'include/linux/rwsem.h'],
  futex: ['kernel/futex/'],
  sched: ['kernel/sched/'],
  bpf: ['kernel/bpf/', 'tools/lib/bpf/', 'tools/testing/selftests/bpf/'],
};

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

// `drivers/uio/uio_msi.c` is known as drivers, uio and uio_msi.
const namesOf = (path: string): string[] =>
  path.split('/').map((part) => plain(part.replace(/(?<=.)\.\w+$/, '')));

/**
 * Whether a subject may call a path's subsystem by this name: it is, case and punctuation aside, one
 * of its folders or the file itself, or what the table says.
 */
export const justifies = (path: string, area: string): boolean => {
  const called = [area, ...area.split(/[\s/,&+]+/)].map(plain).filter((name) => name !== '');
  const names = new Set(namesOf(path));
  return called.some(
    (name) => names.has(name) || CALLED[name]?.some((start) => path.startsWith(start)) === true,
  );
};
