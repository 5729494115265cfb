import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A server with accounts and a database of its own, in a folder that is removed with it. */
export interface AccountSite {
  readonly url: string;
  /** Of the embedded PostgreSQL. */
  readonly dataFolder: string;
  /** The code that makes the first admin. */
  readonly setUpCode: string;
  /** The newest link that the log has instead of a mail; waits for one. */
  findLink(to: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts a server; `env` is added to its environment. Without a database it has no code. */
export async function openAccountSite(
  env: Readonly<Record<string, string>> = {},
): Promise<AccountSite> {
  const root = await mkdtemp(path.join(tmpdir(), 'day2-accounts-'));
  // PostgreSQL runs as another user where the server is root.
  await chmod(root, 0o755);
  const server = spawn(process.execPath, ['src/platform/server/start.ts'], {
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DAY2_DATABASE: 'on',
      DAY2_DATA: path.join(root, 'data'),
      DAY2_LOG: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  createInterface(server.stdout).on('line', (line) => lines.push(line));
  const find = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = lines.findLast((line) => pattern.test(line));
      if (found) return pattern.exec(found)?.[1] ?? '';
      if (server.exitCode !== null) throw new Error(`The server ended:\n${lines.join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const url = await find(/ready at (http:\S+)/);
  return {
    url,
    dataFolder: path.join(root, 'data'),
    setUpCode: env['DATABASE_URL'] ? '' : await find(/"code":"([A-Z0-9-]+)"/),
    findLink: (to) => find(new RegExp(`"to":"${to}".*?(${url}/[^"\\\\\\s]+)`)),
    close: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
      await rm(root, { recursive: true, force: true });
    },
  };
}
