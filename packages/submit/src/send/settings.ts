// SPDX-License-Identifier: MIT
import { access, constants, readFile, stat } from 'node:fs/promises';
import { run } from '@uio-msi/host';
import { UserError } from '@uio-msi/model';
import type { GitConfig } from '../compose/identity.js';
import { commandTransport } from './command.js';
import type { SmtpSettings } from './smtp.js';
import type { Transport } from './transport.js';

/** The environment's variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

const TIMEOUT_SECONDS = 60;

// Where git looks for it.
const SENDMAIL = ['/usr/sbin/sendmail', '/usr/lib/sendmail'];

// git runs it through a shell with the arguments behind it. It is the user's own configuration.
const throughShell = (command: string): [string, ...string[]] => ['sh', '-c', `${command} "$@"`, command];

/**
 * The way out that git's `sendemail` configuration names: `sendmailcmd`, `smtpserver` (a program when it
 * begins with /), or the machine's sendmail; with an `identity`, its own values first. A password comes
 * from the environment (`SMTP_PASSWORD`), from `smtppass`, or from git's credential helpers.
 *
 * @throws {UserError} `no-transport`, `bad-transport`
 */
export const chooseTransport = async (config: GitConfig, env: Environment): Promise<Transport> => {
  const setting = settingsOf(config);
  const command = setting('sendmailcmd');
  if (command) return commandTransport(throughShell(command), command);
  const server = setting('smtpserver');
  if (server?.startsWith('/')) return commandTransport([server], server);
  if (server) {
    // Only who sends pays for loading it.
    const { smtpTransport } = await import('./smtp.js');
    return smtpTransport(await smtpSettings(server, setting, env));
  }
  for (const path of SENDMAIL) if (await isExecutable(path)) return commandTransport([path], path);
  throw new UserError({
    code: 'no-transport',
    message: 'there is no way to send mail',
    why: 'git has no sendemail.smtpserver, and there is no sendmail',
    next: 'configure git as for git send-email: git config --global sendemail.smtpserver smtp.example.org',
  });
};

type Setting = (key: string) => string | undefined;

const settingsOf = (config: GitConfig): Setting => {
  const identity = config.get('sendemail.identity');
  return (key) => (identity && config.get(`sendemail.${identity}.${key}`)) || config.get(`sendemail.${key}`);
};

const bad = (what: string, value: string, next: string): UserError =>
  new UserError({ code: 'bad-transport', message: `git's ${what} is "${value}"`, next });

const smtpSettings = async (server: string, setting: Setting, env: Environment): Promise<SmtpSettings> => {
  const [, host = server, inName] = /^(.+):(\d+)$/.exec(server) ?? [];
  const named = setting('smtpencryption') ?? '';
  const encryption = ENCRYPTION[named.toLowerCase()];
  if (!encryption) throw bad('sendemail.smtpencryption', named, 'use tls or ssl');
  const port = Number(setting('smtpserverport') ?? inName ?? (encryption === 'ssl' ? 465 : 25));
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw bad('sendemail.smtpserverport', `${port}`, 'give a number from 1 to 65535');
  const user = env['SMTP_USER'] || setting('smtpuser') || null;
  return {
    host,
    port,
    encryption,
    domain: setting('smtpdomain') ?? null,
    user,
    password: async () => env['SMTP_PASSWORD'] ?? setting('smtppass') ?? askHelpers(host, port, user ?? ''),
    ca: await certificates(setting('smtpsslcertpath')),
    timeoutSeconds: TIMEOUT_SECONDS,
  };
};

const ENCRYPTION: Readonly<Record<string, SmtpSettings['encryption']>> = {
  '': 'offered',
  none: 'offered',
  tls: 'tls',
  ssl: 'ssl',
};

// A folder of certificates is OpenSSL's affair, which Node.js leaves to NODE_EXTRA_CA_CERTS.
const certificates = async (path: string | undefined): Promise<string | null> => {
  if (!path) return null;
  const found = await stat(path).catch(() => null);
  if (found?.isFile()) return readFile(path, 'utf8');
  throw bad('sendemail.smtpsslcertpath', path, 'name a file of certificates in PEM');
};

// As git send-email asks them (Git::credential()). Nobody is asked on the terminal.
const askHelpers = async (host: string, port: number, user: string): Promise<string> => {
  const input = `protocol=smtp\nhost=${host}:${port}\nusername=${user}\n\n`;
  const env = { GIT_TERMINAL_PROMPT: '0' };
  const { exitCode, stdout } = await run('git', ['credential', 'fill'], { input, env });
  const password = /^password=(.*)$/m.exec(stdout)?.[1];
  if (exitCode === 0 && password !== undefined) return password;
  throw new UserError({
    code: 'no-password',
    message: `there is no password for ${user} at ${host}`,
    next: 'put it into SMTP_PASSWORD, or into a credential helper of git',
  });
};

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
