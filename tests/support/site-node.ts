import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** One process of the product's server. */
export interface SiteNode {
  /** `http://localhost:<port>` */
  readonly url: string;
  /** Resolves when it has ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** What servers print, oldest first. */
export interface Output {
  readonly lines: string[];
  /** The first group of the newest line that fits; waits for one, and rejects once every server has ended. */
  find(pattern: RegExp): Promise<string>;
  /** A server that prints here. */
  readonly add: (server: Ending) => void;
}

/** Both are null while it runs. */
type Ending = Pick<ChildProcess, 'exitCode' | 'signalCode'>;

export function collectOutput(): Output {
  const lines: string[] = [];
  const servers: Ending[] = [];
  return {
    lines,
    add: (server) => void servers.push(server),
    find: async (pattern) => {
      for (;;) {
        const found = lines.findLast((line) => pattern.test(line));
        if (found) return pattern.exec(found)?.[1] ?? '';
        if (servers.every(({ exitCode, signalCode }) => (exitCode ?? signalCode) !== null))
          throw new Error(`The server ended:\n${lines.join('\n')}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

/** Starts a server on a free port, or on `PORT` of `env`, and resolves when it listens. */
export async function startNode(
  env: Readonly<Record<string, string>>,
  output: Output = collectOutput(),
): Promise<SiteNode> {
  const server = spawn(process.execPath, ['src/platform/server/start.ts'], {
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DAY2_DATABASE: 'on',
      DAY2_LOG: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit');
  const own = collectOutput();
  for (const { add } of [own, output]) add(server);
  createInterface(server.stdout).on('line', (line) => {
    for (const { lines } of [own, output]) lines.push(line);
  });
  const url = await own.find(/ready at (http:\S+)/);
  return {
    url,
    end: async (signal) => {
      server.kill(signal);
      await ended;
    },
  };
}
