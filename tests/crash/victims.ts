import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findOptionalPostmaster } from '../../src/platform/database/embedded/postmaster.ts';
import type { SiteNode } from '../support/site-node.ts';

/** `backend` is one process of PostgreSQL, which makes it end all the others and recover. */
export const victims = ['server', 'postmaster', 'both', 'backend'] as const;
export type Victim = (typeof victims)[number];

/** Whether the server has to be started again after it: PostgreSQL it starts again itself. */
export function takesServer(victim: Victim): boolean {
  return victim === 'server' || victim === 'both';
}

/** Kills it with SIGKILL; `chance` is from 0 to 1. */
export async function kill(
  victim: Victim,
  { server, data, chance }: { server: SiteNode; data: string; chance: number },
): Promise<void> {
  const postmaster = await findOptionalPostmaster(path.resolve(data, 'postgres'));
  const children = postmaster ? childrenOf(postmaster.pid) : [];
  if (victim === 'backend') {
    const backends = children.filter(isBackend);
    backends
      .slice(Math.floor(chance * backends.length))
      .slice(0, 1)
      .forEach(killQuietly);
  }
  if (postmaster && (victim === 'postmaster' || victim === 'both')) {
    // Half of the time its children go with it, as when a container is killed.
    [postmaster.pid, ...(chance < 0.5 ? children : [])].forEach(killQuietly);
  }
  if (takesServer(victim)) await server.end('SIGKILL');
}

/** Only Linux says it; elsewhere they end by themselves when they notice. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((child) => child > 0 && parentOf(child) === pid);
  } catch {
    return [];
  }
}

function parentOf(pid: number): number {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    // It has just ended.
    return 0;
  }
}

/** Serves a session, rather than writing checkpoints or the like. */
function isBackend(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(' day2 ');
  } catch {
    return false;
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
