import type { Cluster, ImageConstructor } from '@ngrok/webernetes';
import { identityOf } from './identity.ts';
import { ACCELERATOR, devicesOf, hasEnded, lackingDevices } from './devices.ts';
import type { Node, Pod } from './resources.ts';

/** Tells the scheduler of changes that may let a waiting pod in. */
export interface DeviceScheduling {
  notice(type: 'add' | 'update' | 'delete', pod: Pod): void;
}

const SCHEDULER = 'webernetes/kube-scheduler:1.0';

/** The first node offers the learner's accelerator, once, as a device plugin would. Call before `cluster.init()`. */
export function offerAccelerator(cluster: Cluster): void {
  const node = cluster.servers[0]?.node;
  if (!node) throw new Error('webernetes has no Server.node any more; review device-scheduler.ts.');
  const devices = { [ACCELERATOR]: '1' };
  node.status = { ...node.status, capacity: devices, allocatable: devices };
}

/**
 * Replaces webernetes' scheduler, which counts pods only, by one that also counts extended resources: a pod for which
 * no node has a device stays Pending with `FailedScheduling`, and is tried again when a pod ends. Call before
 * `cluster.init()`. Throws when webernetes' scheduler is no longer what this was written for.
 */
export function scheduleDevices(cluster: Cluster): DeviceScheduling {
  const waiting = new Map<string, () => void>();
  const inTurn = createTurn();
  const Upstream = findScheduler(cluster);
  cluster.registerImage(
    class extends Upstream {
      override async bindPod(context: SchedulerContext, pod: Pod): Promise<void> {
        const needed = devicesOf(pod.spec?.containers ?? []);
        if (needed.size === 0) return super.bindPod(context, pod);
        const key = pod.metadata?.uid ?? '';
        const attempt = async (): Promise<void> => {
          const refusal = await bindWithDevices(context, pod, needed, this);
          if (refusal === null) waiting.delete(key);
          else waiting.set(key, () => void inTurn(attempt));
        };
        // Updates of a pod that waits change nothing; what frees a device does.
        if (!waiting.has(key)) await inTurn(attempt);
      }
    },
  );
  return {
    notice(type, pod) {
      const isGone = type === 'delete';
      if (isGone) waiting.delete(pod.metadata?.uid ?? '');
      if (isGone || hasEnded(pod)) for (const retry of waiting.values()) retry();
    },
  };
}

interface SchedulerContext {
  readonly api: Cluster['api'];
}

interface Recorder {
  event(object: Pod, type: string, reason: string, message: string): Promise<void>;
}

interface UpstreamScheduler extends InstanceType<ImageConstructor> {
  events?: Recorder;
  bindPod(context: SchedulerContext, pod: Pod): Promise<void>;
}

interface UpstreamConstructor {
  new (): UpstreamScheduler;
  readonly imageName: string;
  readonly imageVersion: string;
}

/** webernetes exports no scheduler, and its registry makes one. */
function findScheduler(cluster: Cluster): UpstreamConstructor {
  const found = cluster.imageRegistry.create(SCHEDULER);
  if (!found || typeof Reflect.get(found, 'bindPod') !== 'function')
    throw new Error('webernetes has no Scheduler.bindPod any more; review device-scheduler.ts.');
  return found.constructor as unknown as UpstreamConstructor;
}

/** Binds the pod to a node with free devices and gives null, or says why none has and gives that. */
async function bindWithDevices(
  { api: { corev1 } }: SchedulerContext,
  pod: Pod,
  needed: ReadonlyMap<string, number>,
  { events }: UpstreamScheduler,
): Promise<string | null> {
  const [nodes, pods] = await Promise.all([corev1.listNode(), corev1.listPodForAllNamespaces()]);
  const current = pods.items.find((one) => one.metadata?.uid === pod.metadata?.uid);
  if (!current || !isWaiting(current)) return null;
  const lacking = nodes.items.map((node) => lackingDevices(node, pods.items, needed));
  const node = nodes.items[lacking.findIndex(({ length }) => length === 0)];
  if (!node) {
    const refusal = describeRefusal(nodes.items, lacking);
    await events?.event(current, 'Warning', 'FailedScheduling', refusal);
    return refusal;
  }
  const { name, namespace } = identityOf(current);
  const target = { apiVersion: 'v1', kind: 'Node', name: identityOf(node).name };
  await corev1.createNamespacedPodBinding({
    name,
    namespace,
    body: { apiVersion: 'v1', kind: 'Binding', metadata: { name, namespace }, target },
  });
  const assigned = `Successfully assigned ${namespace}/${name} to ${target.name}`;
  await events?.event(current, 'Normal', 'Scheduled', assigned);
  return null;
}

function isWaiting({ spec, metadata }: Pod): boolean {
  return spec?.nodeName === undefined && metadata?.deletionTimestamp === undefined;
}

/** In the words of the real scheduler. */
function describeRefusal(nodes: readonly Node[], lacking: readonly (readonly string[])[]): string {
  const counts = new Map<string, number>();
  for (const names of lacking)
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const reasons = [...counts].map(([name, count]) => `${count} Insufficient ${name}`).sort();
  return `0/${nodes.length} nodes are available: ${reasons.join(', ')}.`;
}

/** Two pods must not see the same device as free. */
function createTurn(): (task: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (task) => {
    // As upstream: an attempt that the API server refused ends there.
    last = last.then(task).catch(() => undefined);
    return last;
  };
}
