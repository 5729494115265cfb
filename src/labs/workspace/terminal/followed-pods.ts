/** Flags of `kubectl logs` that take the next word as their value. */
const WITH_VALUE = new Set([
  '-l',
  '--selector',
  '-c',
  '--container',
  '-n',
  '--namespace',
  '--tail',
]);

type Kubectl = (args: readonly string[]) => Promise<{ readonly stdout: string }>;

/**
 * Whether a line of a pod belongs to `kubectl logs ARGS -f`: by name or owner also of pods that come
 * later, by selector of the pods it matches now, as kubectl does. Null when a selector matches none.
 */
export async function followedPods(
  args: readonly string[],
  kubectl: Kubectl,
): Promise<((pod: string) => boolean) | null> {
  const { words, selector, namespace } = readArguments(args.slice(1));
  const [word] = words;
  if (word !== undefined) {
    const named = word.replace(/^[a-z.]+\//, '');
    return (pod) => pod === named || pod.startsWith(`${named}-`);
  }
  const where = namespace === null ? [] : ['-n', namespace];
  const { stdout } = await kubectl(['get', 'pods', '-l', selector ?? '', '-o', 'name', ...where]);
  const pods = new Set(stdout.split('\n').map((line) => line.replace(/^pod\//, '')));
  pods.delete('');
  return pods.size === 0 ? null : (pod) => pods.has(pod);
}

function readArguments(args: readonly string[]) {
  const words: string[] = [];
  const found: Record<string, string> = {};
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (!arg.startsWith('-')) words.push(arg);
    else if (WITH_VALUE.has(arg)) found[arg] = rest.shift() ?? '';
    else takeAttached(arg, found);
  }
  return {
    words,
    selector: found['-l'] ?? found['--selector'] ?? null,
    namespace: found['-n'] ?? found['--namespace'] ?? null,
  };
}

/** `--selector=app=x`, `-lapp=x` and `-l=app=x`. */
function takeAttached(arg: string, found: Record<string, string>): void {
  const [, flag, value] = /^(--[a-z-]+)=(.*)$/.exec(arg) ?? /^(-[a-z])=?(.+)$/.exec(arg) ?? [];
  if (flag !== undefined && value !== undefined) found[flag] = value;
}
