import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { graceMs } from '#labs/grade-limits.ts';
import { makeStorable } from '#platform/make-storable.ts';
import { parseJson } from '#platform/parse-json.ts';
import { gradeAnswerSchema, type GradeAnswer, type GradeOrder } from './grade-messages.ts';
import { selectEnvironment } from './select-environment.ts';
import { selectOptionalUser } from './select-user.ts';
import { killGroups, ProcessorShare, readProcessTree } from './process-tree.ts';
import { makeFolder } from './stale-folders.ts';

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

/** How a grade ended; `stopped`: with its worker. */
type GradeEnd = GradeAnswer | { readonly kind: 'stopped' };

export type GradeApart = GradeEnd & {
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
  const folder = await makeFolder();
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
    // A learner's server says what it likes, also what no row can hold.
    return { ...makeStorable(answer), waited: share.waited };
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
  return {
    kind: 'failed',
    reason: 'The process that grades ended before it had an answer.',
    detail: `It ended with ${code ?? 'a signal'}. ${complaint.trim()}`,
  };
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
): Promise<GradeEnd> {
  while (child.exitCode === null && child.signalCode === null) {
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return { kind: 'stopped' };
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
