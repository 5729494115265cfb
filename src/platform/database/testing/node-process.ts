import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process that has opened the database, or was refused. */
export interface NodeProcess {
  /** `open`, or the reason why not. */
  readonly said: string;
  /** Resolves when it has ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Starts a process that opens the database which `env` names, through a program where one is named, and waits for what it says. */
export async function startNode(
  env: Record<string, string>,
  [through, ...options]: readonly string[] = [],
): Promise<NodeProcess> {
  const command = 'src/platform/database/testing/hold-command.ts';
  const own = through ? [...options, process.execPath, command] : [command];
  const child = spawn(through ?? process.execPath, own, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [said] = (await once(createInterface(child.stdout), 'line')) as [string];
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  return { said, end };
}
