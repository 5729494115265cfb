import { spawnSync } from 'node:child_process';

/** Installs packages of a Debian distribution where this process is root; elsewhere it does nothing. A failure is printed, not thrown: look for the program afterwards. */
export function installPackages(packages: readonly string[]): void {
  if (process.getuid?.() !== 0) return;
  runApt(['update', '-q'], 120_000);
  runApt(['install', '-y', '-q', ...packages], 600_000);
}

function runApt(args: readonly string[], timeout: number): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', args, { stdio: 'inherit', timeout, env });
}
