import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { graceMs } from '#labs/grade-limits.ts';
import { gradeAnswerSchema, type GradeAnswer, type GradeOrder } from './grade-messages.ts';
import { selectEnvironment } from './select-environment.ts';
import { selectOptionalUser } from './select-user.ts';
import { killGroups, ProcessorShare, readProcessTree } from './process-tree.ts';

/** To start Chromium and to end it, beside the grade and its own grace. */
const OVERHEAD_MS = 30_000;
const LOOK_EVERY_MS = 500;
/** Of the whole tree of processes. A grade of the largest lab takes about a third. */
const MOST_BYTES = 4 * 1024 ** 3;
const LONGEST_COMPLAINT = 400;
const LONGEST_ANSWER = 4 * 1024 * 1024;

export interface GradeLimits {
  readonly mostBytes: number;
  readonly overheadMs: number;
}

export type GradeApart = GradeAnswer & {
  /** The share of the time that the grade was ready to run and had no processor, from 0 to 1. */
  readonly waited: number;
};

/**
 * Grades in a process of its own with a fresh profile, without this one's environment, at the lowest
 * priority, within its time and memory. At the end nothing of it is left: processes and files.
 */
export async function gradeApart(
  order: GradeOrder,
  signal: AbortSignal,
  limits: GradeLimits = { mostBytes: MOST_BYTES, overheadMs: OVERHEAD_MS },
): Promise<GradeApart> {
  const folder = await mkdtemp(path.join(tmpdir(), 'day2-grade-'));
  const user = await selectOptionalUser();
  if (user) await chown(folder, user.uid, user.gid);
  const child = spawn(process.execPath, ['src/submissions/worker/grade-command.ts'], {
    env: { ...selectEnvironment(), HOME: folder, TMPDIR: folder, XDG_RUNTIME_DIR: folder },
    stdio: 'pipe',
    detached: true,
    ...user,
  });
  const groups = new Set<number>(child.pid === undefined ? [] : [child.pid]);
  const share = new ProcessorShare();
  try {
    const ended = readAnswer(child);
    child.stdin?.on('error', () => {});
    child.stdin?.write(`${JSON.stringify(order)}\n`);
    const until = performance.now() + order.limitMs + graceMs + limits.overheadMs;
    const watching = watch(child, { groups, share, mostBytes: limits.mostBytes, until, signal });
    const answer = await Promise.race([ended, watching]);
    return { ...answer, waited: share.waited };
  } finally {
    killGroups(groups);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function readAnswer(child: ChildProcess): Promise<GradeAnswer> {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    if (text.length < LONGEST_ANSWER) text += part;
  });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    complaint = (complaint + part).slice(-LONGEST_COMPLAINT);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  const parsed = gradeAnswerSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const said = complaint.trim() && ` It said: ${complaint.trim()}`;
  return {
    kind: 'failed',
    reason: `The process that grades ended with ${code ?? 'a signal'}.${said}`,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

interface Watch {
  readonly groups: Set<number>;
  readonly share: ProcessorShare;
  readonly mostBytes: number;
  /** On the clock of `performance.now`. */
  readonly until: number;
  readonly signal: AbortSignal;
}

/** Resolves when the grade takes too long or too much, and notes every group of processes until then. */
async function watch(
  child: ChildProcess,
  { groups, share, mostBytes, until, signal }: Watch,
): Promise<GradeAnswer> {
  while (child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    if (signal.aborted)
      return { kind: 'failed', reason: 'The worker was stopped while it graded.' };
    if (performance.now() > until)
      return { kind: 'failed', reason: 'The grade did not end in time and was stopped.' };
    const tree = child.pid === undefined ? [] : await readProcessTree(child.pid);
    for (const { group } of tree) if (group !== process.pid) groups.add(group);
    await share.look(tree);
    const bytes = tree.reduce((sum, one) => sum + one.bytes, 0);
    if (bytes > mostBytes)
      return {
        kind: 'failed',
        reason: `The grade took more than ${(mostBytes / 1024 ** 3).toFixed(1)} GiB of memory and was stopped.`,
      };
  }
  return new Promise(() => {});
}
