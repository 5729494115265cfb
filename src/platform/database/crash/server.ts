import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The product's own server, as `npm start` runs it. */
export interface RunningServer {
  /** Whether `/readyz` says so. */
  isReady(): Promise<boolean>;
  /** Resolves when it has ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Starts it on a free port and resolves when it listens. */
export async function startServer(data: string): Promise<RunningServer> {
  const child = spawn(process.execPath, ['src/platform/server/start.ts'], {
    env: { ...process.env, PORT: '0', DAY2_DATA: data, DATABASE_URL: undefined, DAY2_LOG: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const url = await readUrl(child.stdout);
  return {
    isReady: () =>
      fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    end: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

function readUrl(output: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface(output)
      .on('line', (line) => {
        const url = /ready at (\S+)/.exec(line)?.[1];
        if (url) resolve(url);
        else console.log(line);
      })
      .once('close', () => reject(new Error('The server ended before it was ready.')));
  });
}
