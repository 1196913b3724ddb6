// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { ending, firstLine, isAlive, startScript } from '../../testing/processes.js';

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends the children and then us, with 130',
  async (name) => {
    const script = startScript('interrupted.ts', 'echo $$; exec sleep 100');
    const child = Number(await firstLine(script));
    script.kill(name);
    expect(await ending(script)).toEqual([130, null]);
    expect(isAlive(child)).toBe(false);
  },
);

it('a second Ctrl-C ends us at once, and the child that would not go with us', async () => {
  const script = startScript('interrupted.ts', `trap '' TERM; echo $$; while :; do sleep 0.1; done`);
  const child = Number(await firstLine(script));
  const started = performance.now();
  script.kill('SIGINT');
  setTimeout(() => script.kill('SIGINT'), 300);
  expect(await ending(script)).toEqual([130, null]);
  expect(performance.now() - started).toBeLessThan(1500);
  await expect.poll(() => isAlive(child)).toBe(false);
});

it('a child dies with us when we are killed', async () => {
  const script = startScript('interrupted.ts', 'echo $$; exec sleep 100');
  const child = Number(await firstLine(script));
  expect(isAlive(child)).toBe(true);
  script.kill('SIGKILL');
  await ending(script);
  await expect.poll(() => isAlive(child)).toBe(false);
});
