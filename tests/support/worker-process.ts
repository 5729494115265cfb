import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { collectOutput, type Output } from './site-node.ts';

/** A worker as `npm run worker` starts it. */
export interface WorkerProcess extends Pick<Output, 'lines' | 'find'> {
  /** Resolves to the code with which it ended; null after a signal that leaves it no choice. */
  readonly ended: Promise<number | null>;
  /** To the process that grades and to the launcher, as a terminal and a service manager send it. */
  readonly signal: (signal: 'SIGTERM' | 'SIGKILL') => void;
}

const script = ['src/platform/launcher/run.mjs', 'src/platform/server/worker-command.ts'];

/** Starts one; a variable that is undefined is taken out of the environment. */
export function startWorker(env: Readonly<Record<string, string | undefined>>): WorkerProcess {
  const worker = spawn(process.execPath, script, {
    env: { ...process.env, DAY2_LOG: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that a signal reaches all of it.
    detached: true,
  });
  const output = collectOutput();
  output.add(worker);
  for (const stream of [worker.stdout, worker.stderr])
    createInterface(stream).on('line', (line) => output.lines.push(line));
  const ended = once(worker, 'close').then(([code]) => code as number | null);
  return {
    lines: output.lines,
    find: (pattern) => output.find(pattern),
    ended,
    signal: (signal) => {
      const hasEnded = worker.exitCode !== null || worker.signalCode !== null;
      if (!hasEnded && worker.pid !== undefined) process.kill(-worker.pid, signal);
    },
  };
}

/** How many processes run whose files are in a folder; only Linux tells. */
export async function countProcesses(folder: string): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const texts = await Promise.all(
    pids.flatMap((pid) =>
      ['cmdline', 'environ'].map(async (file) => {
        const text = await readFile(`/proc/${pid}/${file}`, 'latin1').catch(() => '');
        return text.includes(`${folder}/`) ? [pid] : [];
      }),
    ),
  );
  return new Set(texts.flat()).size;
}
