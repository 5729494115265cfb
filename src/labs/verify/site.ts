import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Site {
  readonly url: string;
  close(): void;
}

const START_LIMIT_MS = 10 * 60_000;

/** The site at DAY2_URL, or this repository's own, built when stale and served on a free port. */
export async function openSite(): Promise<Site> {
  const given = process.env['DAY2_URL'];
  if (given) return { url: given.replace(/\/$/, ''), close: () => {} };
  const server = spawn(process.execPath, ['src/platform/server/start.ts'], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DAY2_DATABASE: 'off', DAY2_LOG: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const close = () => void server.kill();
  try {
    return { url: await readUrl(server), close };
  } catch (error) {
    close();
    throw error;
  }
}

function readUrl(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => reject(new Error('The site did not start.')), START_LIMIT_MS);
    server.once('exit', (code) => reject(new Error(`The site's server ended with code ${code}.`)));
    if (!server.stdout) return reject(new Error('The server has no output to read.'));
    createInterface(server.stdout).on('line', (line) => {
      const url = /ready at (\S+)/.exec(line)?.[1];
      if (!url) return console.log(line);
      clearTimeout(giveUp);
      resolve(url);
    });
  });
}
