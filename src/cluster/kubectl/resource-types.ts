import type { Kind } from '../control-plane/resources.ts';
import { KubectlError } from './context.ts';

/** A word of the command line and the objects it means. `endpoints` is a view on EndpointSlices. */
export interface ResourceType {
  readonly plural: string;
  readonly singular: string;
  readonly short: readonly string[];
  readonly kind: Kind;
  readonly group: string;
}

const TYPES: readonly ResourceType[] = [
  type('Pod', 'pods', 'pod', ['po']),
  type('Service', 'services', 'service', ['svc']),
  type('Deployment', 'deployments', 'deployment', ['deploy'], 'apps'),
  type('ReplicaSet', 'replicasets', 'replicaset', ['rs'], 'apps'),
  type('EndpointSlice', 'endpoints', 'endpoints', ['ep']),
  type('EndpointSlice', 'endpointslices', 'endpointslice', [], 'discovery.k8s.io'),
  type('Event', 'events', 'event', ['ev']),
  type('Node', 'nodes', 'node', ['no']),
  type('Namespace', 'namespaces', 'namespace', ['ns']),
  type(
    'HorizontalPodAutoscaler',
    'horizontalpodautoscalers',
    'horizontalpodautoscaler',
    ['hpa'],
    'autoscaling',
  ),
];

/** What `kubectl get all` shows. */
const ALL = ['pods', 'services', 'deployments', 'replicasets'];

/** The types that a word such as `po`, `deploy.apps` or `pods,svc` names. Throws `KubectlError`. */
export function findTypes(word: string): readonly ResourceType[] {
  return word.split(',').flatMap((name) => (name === 'all' ? ALL.map(findType) : [findType(name)]));
}

/** The type that one word names. Throws `KubectlError` for another one. */
export function findType(word: string): ResourceType {
  const name = word.toLowerCase().split('.')[0] ?? '';
  const found = TYPES.find(
    ({ plural, singular, short }) => plural === name || singular === name || short.includes(name),
  );
  if (found) return found;
  throw new KubectlError(
    `error: the server doesn't have a resource type "${word}"\nThis lab cluster has: ${TYPES.map(({ plural }) => plural).join(', ')}.`,
  );
}

/** `pod/x`, `deployment.apps/x`: how kubectl names an object in its messages. */
export function objectName({ singular, group }: ResourceType, name: string): string {
  return `${singular}${group === '' ? '' : `.${group}`}/${name}`;
}

/** `pods`, `deployments.apps`: how the API server names a type in its messages. */
export function qualifiedPlural({ plural, group }: ResourceType): string {
  return group === '' ? plural : `${plural}.${group}`;
}

function type(
  kind: Kind,
  plural: string,
  singular: string,
  short: readonly string[],
  group = '',
): ResourceType {
  return { kind, plural, singular, short, group };
}
