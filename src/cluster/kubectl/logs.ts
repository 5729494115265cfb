import type { LogLine } from '../lab-cluster.ts';
import { identityOf } from '../control-plane/identity.ts';
import type { Pod } from '../control-plane/resources.ts';
import { KubectlError, NAMESPACE_FLAGS, type Command, type KubectlContext } from './context.ts';
import { findPods } from './find-pods.ts';
import { numberFlag, type ParsedArgs } from './parse-args.ts';

const SELECTOR_TAIL = 10;

/** `kubectl logs`. */
export const logs: Command = {
  usage:
    'logs POD | deploy/NAME | -l SELECTOR [-c CONTAINER] [--tail N] [-p] [--timestamps] [--prefix]',
  flags: {
    ...NAMESPACE_FLAGS,
    selector: { value: true, short: 'l' },
    container: { value: true, short: 'c' },
    tail: { value: true },
    previous: { value: false, short: 'p' },
    follow: { value: false, short: 'f' },
    timestamps: { value: false },
    prefix: { value: false },
    'all-containers': { value: false },
    'all-pods': { value: false },
  },
  run: async (args, context) => {
    const found = await findPods(args, context);
    const [first] = found;
    if (!first) return { stderr: 'No resources found\n' };
    const isMany = args.flags.has('selector') || args.flags.has('all-pods');
    const pods = isMany ? found : [first];
    const chosen =
      found.length > 1 && !isMany
        ? `Found ${found.length} pods, using pod/${first.metadata?.name}\n`
        : '';
    const follow = args.flags.has('follow')
      ? 'This terminal does not follow logs: these are the lines so far. The Logs panel shows new ones as they come.\n'
      : '';
    const stdout = pods.map((pod) => podLogs(pod, args, context)).join('');
    return { stdout, stderr: chosen + follow };
  },
};

function podLogs(pod: Pod, args: ParsedArgs, context: KubectlContext): string {
  return containersOf(pod, args)
    .map((container) => containerLogs(pod, container, args, context))
    .join('');
}

function containersOf(pod: Pod, { flags }: ParsedArgs): readonly string[] {
  const names = (pod.spec?.containers ?? []).map(({ name }) => name);
  const wanted = flags.get('container');
  if (wanted === undefined) return flags.has('all-containers') ? names : names.slice(0, 1);
  if (names.includes(wanted)) return [wanted];
  throw new KubectlError(
    `error: container ${wanted} is not valid for pod ${pod.metadata?.name}\nIt has: ${names.join(', ')}.`,
  );
}

function containerLogs(
  pod: Pod,
  container: string,
  args: ParsedArgs,
  context: KubectlContext,
): string {
  const lines = context.logs.read(pod.metadata?.uid ?? '', container, args.flags.has('previous'));
  if (lines === null) throw noLogs(pod, container, args.flags.has('previous'));
  const tail = numberFlag(args, 'tail') ?? (args.flags.has('selector') ? SELECTOR_TAIL : -1);
  const shown = tail < 0 ? lines : tail === 0 ? [] : lines.slice(-tail);
  return shown.map((line) => `${formatLine(line, container, args)}\n`).join('');
}

function formatLine({ at, pod, text }: LogLine, container: string, { flags }: ParsedArgs): string {
  const time = flags.has('timestamps') ? `${new Date(at).toISOString()} ` : '';
  const prefix = flags.has('prefix') ? `[pod/${pod}/${container}] ` : '';
  return `${prefix}${time}${text}`;
}

function noLogs(pod: Pod, container: string, isPrevious: boolean): KubectlError {
  const what = `container "${container}" in pod "${identityOf(pod).name}"`;
  return new KubectlError(
    isPrevious
      ? `Error from server (BadRequest): previous terminated ${what} not found`
      : `Error from server (BadRequest): ${what} is waiting to start: ${waitingReason(pod, container)}`,
  );
}

function waitingReason(pod: Pod, container: string): string {
  const status = pod.status?.containerStatuses?.find(({ name }) => name === container);
  const reason = status?.state?.waiting?.reason ?? 'ContainerCreating';
  const isPull = reason === 'ErrImagePull' || reason === 'ImagePullBackOff';
  return isPull ? 'trying and failing to pull image' : reason;
}
