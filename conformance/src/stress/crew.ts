// SPDX-License-Identifier: MIT
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { addFigures, type Figures, NO_FIGURES } from './figures.js';
import type { Plan } from './hands.js';
import type { Role } from './roles.js';
import type { WorkerSetup } from './worker.js';

/** What became of the processes of a run. */
export interface CrewReport {
  readonly figures: Figures;
  /** Processes that were killed while they worked, to see their devices given up. */
  readonly killed: number;
  /** Processes that touched a register of a device that was taken away: SIGBUS, as it should be. */
  readonly revoked: number;
  /** Ends that nobody wanted, and processes that do not end, as sentences. */
  readonly troubles: readonly string[];
}

/** The processes of a run. One that ends before its time is replaced. */
export interface Crew {
  report(): CrewReport;
  /** Whether every process has begun. */
  isAtWork(): boolean;
  /** Kills one of the users. */
  killOne(choose: (count: number) => number): void;
  /** Those that have said nothing for so long; those that have not begun yet have longer. */
  silent(ms: number, toBeginMs: number): Silent[];
  /** Has them all come to their end, and waits for that, but no longer than this. */
  finish(ms: number): Promise<void>;
}

/** A process that says nothing. */
export interface Silent {
  readonly pid: number;
  /** For how long. */
  readonly ms: number;
}

interface Member {
  readonly role: Role;
  readonly child: ChildProcess;
  readonly gone: Promise<unknown>;
  /** When it last said something, or was started. */
  heard: number;
  begun: boolean;
  killed: boolean;
}

/** Who raises vectors deals only with devices that can be made to. */
const planOf = (role: Role, plan: Plan): Plan =>
  role === 'user' ? plan : { ...plan, targets: plan.targets.filter(({ model }) => model !== null) };

/** Starts the processes: `roles` says what each is there for. */
export const startCrew = (entry: string, plan: Plan, roles: readonly Role[]): Crew => {
  const members = new Set<Member>();
  const troubles: string[] = [];
  let figures = NO_FIGURES;
  let [killed, revoked, started, finishing] = [0, 0, 0, false];

  const start = (role: Role): void => {
    const setup: WorkerSetup = { role, nth: started++, plan: planOf(role, plan) };
    const args = [entry, 'actor', 'stress', JSON.stringify(setup)];
    // A session of its own, so that Ctrl-C reaches the suite alone, which ends it.
    const child = spawn(process.execPath, args, { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
    const member: Member = {
      role,
      child,
      gone: once(child, 'close'),
      heard: performance.now(),
      begun: false,
      killed: false,
    };
    members.add(member);
    child.stdin?.on('error', () => undefined); // it may be gone by the time it is told to end
    createInterface({ input: child.stdout }).on('line', (line) => {
      member.heard = performance.now();
      member.begun = true;
      figures = addFigures(figures, JSON.parse(line) as Figures);
    });
    child.on('exit', (code, signal) => ended(member, code, signal));
  };

  const ended = (member: Member, code: number | null, signal: string | null): void => {
    members.delete(member);
    if (member.killed) killed++;
    else if (member.role === 'provoker' && signal === 'SIGBUS') revoked++;
    else if (!finishing || code !== 0) {
      troubles.push(`a process (${member.role}) ended with ${signal ?? `exit code ${code}`}`);
    }
    if (!finishing && troubles.length === 0) start(member.role);
  };

  for (const role of roles) start(role);
  return {
    report: () => ({ figures, killed, revoked, troubles }),
    isAtWork: () => [...members].every(({ begun }) => begun),
    killOne: (choose) => {
      const users = [...members].filter(({ role, begun }) => role === 'user' && begun);
      const victim = users[choose(users.length)];
      if (victim === undefined) return;
      victim.killed = true;
      victim.child.kill('SIGKILL');
    },
    silent: (ms, toBeginMs) =>
      [...members].flatMap(({ begun, heard, child }) => {
        const silence = performance.now() - heard;
        return silence > (begun ? ms : toBeginMs) ? [{ pid: child.pid ?? 0, ms: silence }] : [];
      }),
    finish: async (ms) => {
      finishing = true;
      const all = [...members];
      const allGone = Promise.all(all.map(({ gone }) => gone));
      for (const { child } of all) child.stdin?.end();
      await Promise.race([allGone, sleep(ms, null, { ref: false })]);
      for (const { child } of members) {
        troubles.push(`process ${child.pid} did not end when it was told to`);
        child.kill('SIGKILL');
      }
      await Promise.race([allGone, sleep(ms, null, { ref: false })]);
      // What the kernel holds cannot be ended, only left.
      for (const { child } of members) {
        troubles.push(`process ${child.pid} does not end when it is killed`);
        child.unref();
      }
    },
  };
};
