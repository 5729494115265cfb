import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs one step of a command with its output shown, and a hard kill of its whole process group
 * after `limitMs`: a hung browser does not answer SIGTERM. `env` is added to this one's. Resolves to whether it succeeded.
 */
export async function runStep(
  name: string,
  args: readonly string[],
  limitMs: number,
  env: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const started = performance.now();
  console.log(`\n== ${name}`);
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    detached: true,
  });
  const timer = setTimeout(() => {
    console.error(`${name} was killed after ${limitMs / 1000} s.`);
    if (child.pid) process.kill(-child.pid, 'SIGKILL');
  }, limitMs);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(timer);
  console.log(
    `== ${name}: ${code === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
  return code === 0;
}
