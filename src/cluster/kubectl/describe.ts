import type {
  ClusterEvent,
  Deployment,
  HorizontalPodAutoscaler,
  Node,
  Pod,
  ReplicaSet,
  Resource,
  Service,
} from '../control-plane/resources.ts';
import { identityOf } from '../control-plane/identity.ts';
import { KubectlError, SELECTION_FLAGS, type Command, type KubectlContext } from './context.ts';
import { describeAutoscaler } from './describe-autoscaler.ts';
import { describeDeployment } from './describe-deployment.ts';
import { describeNode } from './describe-node.ts';
import { describePod } from './describe-pod.ts';
import { describeReplicaSet } from './describe-replica-set.ts';
import { describeService } from './describe-service.ts';
import { describeEvents } from './events.ts';
import type { ResourceType } from './resource-types.ts';
import { namespaceOf, parseSelection, readObjects, type Selection } from './select.ts';

/** `kubectl describe`. */
export const describe: Command = {
  usage: 'describe pod|deploy|rs|svc|node|hpa [NAME...] [-l SELECTOR]',
  flags: SELECTION_FLAGS,
  run: async (args, context) => {
    const events = await context.controlPlane.list('Event');
    const texts: string[] = [];
    for (const selection of parseSelection(args.words)) {
      const objects = await readObjects<Resource>(selection, args, context);
      for (const object of objects)
        texts.push(await describeObject(selection, object, events, context));
    }
    if (texts.length === 0)
      return { stderr: `No resources found in ${namespaceOf(args) ?? 'any'} namespace.\n` };
    return { stdout: texts.join('\n\n') };
  },
};

async function describeObject(
  { type }: Selection,
  object: Resource,
  events: readonly ClusterEvent[],
  context: KubectlContext,
): Promise<string> {
  const { name, uid } = identityOf(object);
  const text = await describeByKind(type, object, context);
  return text + describeEvents(events, type.kind === 'Node' ? name : uid);
}

async function describeByKind(
  { kind, plural }: ResourceType,
  object: Resource,
  { controlPlane }: KubectlContext,
): Promise<string> {
  const { namespace } = identityOf(object);
  switch (kind) {
    case 'Pod':
      return describePod(object as Pod);
    case 'Deployment':
      return describeDeployment(
        object as Deployment,
        await controlPlane.list('ReplicaSet', namespace),
      );
    case 'ReplicaSet':
      return describeReplicaSet(object as ReplicaSet, await controlPlane.list('Pod', namespace));
    case 'Service':
      return describeService(
        object as Service,
        await controlPlane.list('EndpointSlice', namespace),
      );
    case 'HorizontalPodAutoscaler':
      return describeAutoscaler(object as HorizontalPodAutoscaler);
    case 'Node':
      return describeNode(object as Node, await controlPlane.list('Pod'));
    default:
      throw new KubectlError(
        `error: describe does not know ${plural} here\nIt knows: pods, deployments, replicasets, services, nodes, horizontalpodautoscalers. Or: kubectl get ${plural} -o yaml`,
      );
  }
}
