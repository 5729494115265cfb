import type { LabCluster } from '#cluster/lab-cluster.ts';
import type { Workbench } from '../state/workbench.svelte.ts';
import { followedPods } from './followed-pods.ts';
import type { Output } from './run-call.ts';
import type { ShellCall } from './shell-client.ts';

interface Ended {
  readonly stderr: string;
  readonly exitCode: number;
}

const FOLLOW = new Set(['-f', '--follow', '--follow=true']);
const WATCH = new Set(['-w', '--watch', '--watch=true']);

/** One kubectl command; `logs -f` and `get -w` go on until they are stopped. */
export async function runKubectl(
  bench: Workbench,
  call: ShellCall,
  output: Output,
  signal: AbortSignal,
): Promise<Ended> {
  const cluster = await bench.cluster.open();
  signal.throwIfAborted();
  const verb = call.args[0];
  if (verb === 'logs' && call.args.some((arg) => FOLLOW.has(arg))) {
    return follow(bench, cluster, call, output, signal);
  }
  if (verb === 'get' && call.args.some((arg) => WATCH.has(arg))) {
    return watch(cluster, call, output, signal);
  }
  const result = await untilAborted(cluster.kubectl(call.args, call.files, call.stdin), signal);
  output.write(result.stdout);
  if (verb === 'apply' && result.exitCode === 0) bench.cluster.noteApplied(appliedFiles(call));
  return result;
}

/** The files named by `-f`, in the lab's own folder. */
function appliedFiles({ args, files }: ShellCall): Record<string, string> {
  const named = args.filter(
    (_, index) => args[index - 1] === '-f' || args[index - 1] === '--filename',
  );
  const isAll = named.includes('.') || named.includes('./');
  const entries = Object.entries(files).filter(([path]) => isAll || named.includes(path));
  return Object.fromEntries(entries.filter(([path]) => /\.ya?ml$/.test(path)));
}

async function follow(
  bench: Workbench,
  cluster: LabCluster,
  call: ShellCall,
  output: Output,
  signal: AbortSignal,
): Promise<Ended> {
  const args = call.args.filter((arg) => !FOLLOW.has(arg));
  const before = await cluster.kubectl(args, call.files);
  output.write(before.stdout);
  if (before.exitCode !== 0) return before;
  const isWanted = await followedPods(args, (words) => cluster.kubectl(words, {}));
  if (!isWanted) return before;
  const stop = cluster.watchLogs((lines) => {
    for (const line of lines) if (isWanted(line.pod)) output.write(`${line.text}\n`);
  });
  await aborted(AbortSignal.any([signal, bench.signal]));
  stop();
  return { stderr: '', exitCode: 130 };
}

async function watch(
  cluster: LabCluster,
  call: ShellCall,
  output: Output,
  signal: AbortSignal,
): Promise<Ended> {
  const args = call.args.filter((arg) => !WATCH.has(arg));
  const shown = new Map<string, string>();
  let problem: Ended | null = null;
  let busy = false;
  const show = async () => {
    if (busy) return;
    busy = true;
    const result = await cluster.kubectl(args, call.files);
    busy = false;
    if (signal.aborted) return;
    if (result.exitCode !== 0) problem = result;
    for (const row of result.stdout.split('\n').filter(Boolean)) {
      const name = row.split(/\s+/)[0] ?? '';
      // The age changes every second and is no news.
      const facts = row.replace(/\s+\S+$/, '');
      if (shown.get(name) !== facts) output.write(`${row}\n`);
      shown.set(name, facts);
    }
  };
  await show();
  if (problem) return problem;
  const stop = cluster.watch(() => void show());
  await aborted(signal);
  stop();
  return { stderr: '', exitCode: 130 };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** The command goes on in the cluster, as it does when kubectl is interrupted; nobody waits for it. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    work.then(resolve, reject);
  });
}
