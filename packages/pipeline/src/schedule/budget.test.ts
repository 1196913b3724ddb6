// SPDX-License-Identifier: MIT
import { setImmediate as tick } from 'node:timers/promises';
import { array, assert, asyncProperty, integer, record } from 'fast-check';
import { expect, it } from 'vitest';
import { type Amounts, openBudget } from './budget.js';

const never = new AbortController().signal;
const cpu = (processors: number, memory = 0) => ({ processors, memory });

it('lets as much go on at once as there is', async () => {
  const budget = openBudget({ processors: 2, memory: 100 });
  const began: string[] = [];
  const start = async (name: string, amounts = cpu(1, 40)) => {
    const back = await budget.share(0).take(amounts, never);
    began.push(name);
    return back;
  };
  const [a, b, c] = ['a', 'b', 'c'].map((name) => start(name));
  await tick();
  expect(began).toEqual(['a', 'b']);
  (await a)?.();
  await tick();
  expect(began).toEqual(['a', 'b', 'c']);
  const d = start('d', cpu(0, 40));
  await tick();
  expect(began).not.toContain('d');
  (await b)?.();
  (await c)?.();
  await d;
});

it('serves the most urgent first', async () => {
  const budget = openBudget({ processors: 2, memory: 0 });
  const order: number[] = [];
  const back = await budget.share(0).take(cpu(2), never);
  const all = [1, 3, 2].map(async (urgency) => {
    const done = await budget.share(urgency).take(cpu(urgency === 3 ? 2 : 1), never);
    order.push(urgency);
    done();
  });
  await tick();
  expect(order).toEqual([]);
  back();
  await Promise.all(all);
  expect(order).toEqual([3, 2, 1]);
});

it('lets one overtake whom there is not enough for, and then nobody', async () => {
  const budget = openBudget({ processors: 2, memory: 0 });
  const order: string[] = [];
  const back = await budget.share(0).take(cpu(1), never);
  const take = async (name: string, urgency: number, amounts: Amounts) => {
    const done = await budget.share(urgency).take(amounts, never);
    order.push(name);
    await tick();
    done();
  };
  const all = [
    take('guests', 9, cpu(2)),
    take('a build', 5, cpu(1)),
    take('another', 4, cpu(1)),
    take('a third', 3, cpu(1)),
  ];
  for (let turn = 0; turn < 5; turn += 1) await tick();
  expect(order).toEqual(['a build']);
  back();
  await Promise.all(all);
  expect(order).toEqual(['a build', 'guests', 'another', 'a third']);
});

it('gives more to who keeps some at once, and all to who needs more than there is', async () => {
  const budget = openBudget({ processors: 2, memory: 10 });
  const share = budget.share(0);
  const guest = await share.take(cpu(1), never, true);
  const other = budget.share(1).take(cpu(64, 9999), never);
  const check = await share.take(cpu(2), never);
  guest();
  check();
  (await other)();
});

it('gives who keeps some also what he waited for before, behind others', async () => {
  const budget = openBudget({ processors: 2, memory: 0 });
  const back = await budget.share(9).take(cpu(2), never);
  const share = budget.share(1);
  const guest = share.take(cpu(2), never, true);
  const other = budget.share(1).take(cpu(2), never);
  const check = share.take(cpu(1), never);
  back();
  // The guest is off when the check is done, and not before.
  (await check)();
  (await guest)();
  (await other)();
});

it('lets who has some that comes back by itself wait like others', async () => {
  const budget = openBudget({ processors: 8, memory: 4000 });
  let making = 0;
  const cells = Array.from({ length: 8 }, async () => {
    const share = budget.share(0);
    const check = await share.take(cpu(1, 200), never);
    const make = share.take(cpu(8, 3200), never).then(async (back) => {
      making += 1;
      expect(making).toBe(1);
      await tick();
      making -= 1;
      back();
    });
    await tick();
    check();
    await make;
  });
  await Promise.all(cells);
});

it('forgets who stops waiting', async () => {
  const budget = openBudget({ processors: 1, memory: 0 });
  const back = await budget.share(0).take(cpu(1), never);
  const stop = new AbortController();
  const tired = budget.share(1).take(cpu(1), stop.signal);
  const patient = budget.share(0).take(cpu(1), never);
  stop.abort('SIGINT');
  await expect(tired).rejects.toThrow('interrupted by SIGINT');
  back();
  (await patient)();
});

it('comes to an end whatever is asked, never above what there is but for one', async () => {
  const demand = record({
    urgency: integer({ min: 0, max: 3 }),
    processors: integer({ min: 0, max: 5 }),
    memory: integer({ min: 0, max: 5 }),
  });
  await assert(
    asyncProperty(array(demand, { maxLength: 12 }), async (demands) => {
      const budget = openBudget({ processors: 3, memory: 3 });
      const now = new Set<(typeof demands)[number]>();
      await Promise.all(
        demands.map(async (one) => {
          const back = await budget.share(one.urgency).take(one, never);
          now.add(one);
          const sum = (of: 'processors' | 'memory') => [...now].reduce((total, each) => total + each[of], 0);
          if (now.size > 1) expect(Math.max(sum('processors'), sum('memory'))).toBeLessThanOrEqual(5);
          await tick();
          now.delete(one);
          back();
        }),
      );
    }),
  );
});
