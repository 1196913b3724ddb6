// SPDX-License-Identifier: MIT
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError, Interrupted } from '@uio-msi/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive } from '../../testing/processes.js';
import { lineSplitter } from './lines.js';
import { output } from './output.js';
import { run } from './run.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'run-'));
});
afterEach(() => rm(dir, { recursive: true }));

const sh = (script: string, options = {}) => run('sh', ['-c', script], options);

const pidIn = async (file: string): Promise<number> => {
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text.endsWith('\n')) return Number(text);
    await sleep(10);
  }
};

// A grandchild that will not go when it is asked to.
const STUBBORN = `sh -c 'trap "" TERM; echo $$ > grandchild; while :; do sleep 1; done' & wait`;

describe('run', () => {
  it('gives exit code and output, and takes a failure for a result', async () => {
    const result = await sh('echo out; echo err >&2; exit 3');
    expect(result).toMatchObject({ exitCode: 3, stdout: 'out\n', stderr: 'err\n', timedOut: false });
  });

  it('shows the command as it can be pasted', async () => {
    const { command } = await run('printf', ['%s', "it's"]);
    expect(command).toBe(`printf %s 'it'\\''s'`);
    expect((await sh(command)).stdout).toBe("it's");
  });

  it('adds to the environment and removes from it', async () => {
    const { stdout } = await sh('echo $A-$HOME', { env: { A: '1', HOME: undefined } });
    expect(stdout).toBe('1-\n');
  });

  it('gives input, and none when there is none', async () => {
    expect((await run('cat', [], { input: 'text' })).stdout).toBe('text');
    expect((await run('cat', [])).stdout).toBe('');
  });

  it('streams input, and bears a command that does not want it all', async () => {
    async function* pieces() {
      for (let i = 0; i < 1000; i++) yield Buffer.alloc(10_000, 'x');
    }
    expect((await run('wc', ['-c'], { input: pieces() })).stdout.trim()).toBe('10000000');
    expect((await run('head', ['-c', '1'], { input: pieces() })).stdout).toBe('x');
  });

  it('ends the command when its input fails, so that it never takes a part for the whole', async () => {
    async function* broken() {
      yield Buffer.from('part');
      throw new Error('source is broken');
    }
    const kept = sh('cat > copy && touch whole', { cwd: dir, input: broken() });
    await expect(kept).rejects.toThrow('source is broken');
    await expect(readFile(join(dir, 'whole'))).rejects.toThrow('ENOENT');
  });

  it('calls onLine for each line, a last one without line end too', async () => {
    const lines: string[] = [];
    const result = await sh(`printf 'a\\r\\nb\\n\\nlast'; exit 1`, {
      onLine: (line: string) => lines.push(line),
    });
    expect(lines).toEqual(['a', 'b', '', 'last']);
    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
  });

  it('ends the command when onLine throws', async () => {
    const failing = sh(`echo $$ > pid; echo line; sleep 100`, {
      cwd: dir,
      onLine: () => {
        throw new Error('no such line');
      },
    });
    await expect(failing).rejects.toThrow('no such line');
    expect(isAlive(await pidIn(join(dir, 'pid')))).toBe(false);
  });

  it('appends to the log, with and without onLine', async () => {
    const log = join(dir, 'log');
    await writeFile(log, 'before\n');
    await sh('echo one; echo two >&2', { log });
    const lines: string[] = [];
    await sh('echo three', { log, onLine: (line: string) => lines.push(line) });
    const logged = (await readFile(log, 'utf8')).split('\n');
    expect(logged[0]).toBe('before');
    expect(logged.slice(1).sort()).toEqual(['', 'one', 'three', 'two']);
    expect(lines).toEqual(['three']);
  });

  it.each([undefined, () => {}])('says that the log cannot be written (%s)', async (onLine) => {
    const nowhere = sh('echo x', { log: join(dir, 'gone', 'log'), onLine });
    await expect(nowhere).rejects.toMatchObject({ code: 'log-not-writable' });
  });

  it('ends the command when the disk of its log is full', async () => {
    const full = sh('echo $$ > pid; yes', { cwd: dir, log: '/dev/full', onLine: () => {} });
    await expect(full).rejects.toMatchObject({
      code: 'log-not-writable',
      why: expect.stringContaining('ENOSPC'),
    });
    expect(isAlive(await pidIn(join(dir, 'pid')))).toBe(false);
  });

  it('logs more than it would keep', async () => {
    const log = join(dir, 'log');
    const megabytes = 80;
    const result = await run('head', ['-c', `${megabytes}M`, '/dev/zero'], { log });
    expect(result.exitCode).toBe(0);
    expect((await readFile(log)).length).toBe(megabytes * 2 ** 20);
  });

  it('refuses to keep more than fits', async () => {
    await expect(run('head', ['-c', '80M', '/dev/zero'])).rejects.toMatchObject({
      code: 'command-wrote-too-much',
    });
  });

  it('says that there is no such command, with a log too', async () => {
    const missing = { code: 'command-not-found', message: 'no-such-tool: no such command' };
    await expect(run('no-such-tool', [])).rejects.toMatchObject(missing);
    await expect(run('no-such-tool', [], { log: join(dir, 'log') })).rejects.toMatchObject(missing);
    await expect(run('make', [], { env: { PATH: dir } })).rejects.toBeInstanceOf(EnvironmentError);
  });

  it('does not take an exit code of 127 for a missing command', async () => {
    expect((await sh('exit 127')).exitCode).toBe(127);
  });

  it('says that a command could not be started in a folder that is not there', async () => {
    await expect(run('true', [], { cwd: join(dir, 'gone') })).rejects.toMatchObject({
      code: 'command-not-started',
    });
  });

  it('ends grandchildren at the time limit', async () => {
    const result = await sh(STUBBORN, { cwd: dir, timeoutSeconds: 0.5 });
    expect(result).toMatchObject({ timedOut: true, exitCode: null });
    expect(isAlive(await pidIn(join(dir, 'grandchild')))).toBe(false);
  });

  it('ends grandchildren when it is interrupted, and says by what', async () => {
    const controller = new AbortController();
    const running = sh(STUBBORN, { cwd: dir, signal: controller.signal });
    const pid = await pidIn(join(dir, 'grandchild'));
    controller.abort('SIGINT');
    await expect(running).rejects.toThrow(new Interrupted('SIGINT'));
    expect(isAlive(pid)).toBe(false);
    await expect(sh('true', { signal: controller.signal })).rejects.toBeInstanceOf(Interrupted);
  });
});

describe('lineSplitter', () => {
  it.each([
    ['a|b|c', ['a\nb\nc']],
    ['a|b', ['a\r', '\nb']],
    ['a|b', ['a\r', 'b']],
    ['a|', ['a\n\n']],
    ['10%|20%|done', ['10%\r2', '0%\rdone\n']],
    ['a', ['a\r']],
    ['', []],
  ])('gives %j for %j', (lines, pieces) => {
    const given: string[] = [];
    const splitter = lineSplitter((line) => given.push(line));
    for (const piece of pieces) splitter.push(Buffer.from(piece));
    splitter.end();
    expect(given.join('|')).toBe(lines);
  });

  it('puts together what was cut within a letter, and takes what never ends a line apart', () => {
    const given: string[] = [];
    const splitter = lineSplitter((line) => given.push(line));
    const [first, second] = Buffer.from('ü');
    splitter.push(Buffer.from([first ?? 0]));
    splitter.push(Buffer.from([second ?? 0, 10]));
    expect(given).toEqual(['ü']);
    for (let i = 0; i < 40; i++) splitter.push(Buffer.alloc(65_536, 'x'));
    splitter.end();
    expect(given.slice(1).map((line) => line.length)).toEqual([2 ** 20, 2 ** 20, 2 ** 19]);
  });
});

describe('output', () => {
  const text = async (pieces: AsyncIterable<Buffer>): Promise<string> => {
    let all = '';
    for await (const piece of pieces) all += piece;
    return all;
  };

  it('gives what the command writes', async () => {
    expect(await text(output('printf', ['a\\nb']))).toBe('a\nb');
  });

  it('throws after the last piece when the command failed', async () => {
    const failing = text(output('sh', ['-c', 'echo part; echo the reason >&2; exit 1']));
    await expect(failing).rejects.toMatchObject({ code: 'command-failed', why: 'the reason' });
  });

  it('throws what its input throws', async () => {
    async function* broken() {
      yield Buffer.from('part');
      throw new Error('source is broken');
    }
    await expect(text(output('cat', [], { input: broken() }))).rejects.toThrow('source is broken');
  });

  it('ends the command when the reader stops', async () => {
    for await (const piece of output('sh', ['-c', 'echo $$; exec yes'], { cwd: dir })) {
      await writeFile(join(dir, 'pid'), `${piece.toString().split('\n')[0]}\n`);
      break;
    }
    expect(isAlive(await pidIn(join(dir, 'pid')))).toBe(false);
  });
});
