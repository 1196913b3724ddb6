// SPDX-License-Identifier: MIT
// Holds the lock named on the command line. With a second argument, a grandchild that outlives
// us inherits it and runs for that many seconds.
import { run, withLock } from '@uio-msi/host';

const [path = '', seconds] = process.argv.slice(2);

await withLock(path, async (lock) => {
  const hold = seconds === undefined ? 'echo $$; exec sleep 100' : `sleep ${seconds} & echo $!; wait`;
  const onLine = (pid: string) => console.log(pid);
  await run('sh', ['-c', hold], { onLine, ...(seconds === undefined ? {} : { lock }) });
});
