import { isNotFound } from '../control-plane/api-error.ts';
import { isNamespaced, type Resource } from '../control-plane/resources.ts';
import { matchesSelector } from '../manifests/label-selector.ts';
import { KubectlError, type KubectlContext } from './context.ts';
import type { ParsedArgs } from './parse-args.ts';
import { parseSelector } from './parse-selector.ts';
import { findTypes, qualifiedPlural, type ResourceType } from './resource-types.ts';

/** One type and which of its objects the command line means; every object when `names` is null. */
export interface Selection {
  readonly type: ResourceType;
  readonly names: readonly string[] | null;
}

/** Reads `pods`, `pod a b`, `pod/a svc/b` and `po,svc` as kubectl does. Throws `KubectlError`. */
export function parseSelection(words: readonly string[]): readonly Selection[] {
  const [first, ...names] = words;
  if (first === undefined) {
    throw new KubectlError('error: You must specify the type of resource, for example: pods');
  }
  if (words.some((word) => word.includes('/'))) {
    return words.map((word) => {
      const [typeName = '', name, ...more] = word.split('/');
      const [type, ...others] = findTypes(typeName);
      if (!type || others.length > 0 || !name || more.length > 0) {
        throw new KubectlError(
          'error: arguments in resource/name form must have a single resource and name',
        );
      }
      return { type, names: [name] };
    });
  }
  return findTypes(first).map((type) => ({ type, names: names.length > 0 ? names : null }));
}

/** The namespace that the flags mean; undefined for all of them. */
export function namespaceOf({ flags }: ParsedArgs): string | undefined {
  return flags.get('all-namespaces') === 'true' ? undefined : (flags.get('namespace') ?? 'default');
}

/** The objects of a selection, by name. Throws `KubectlError` for a name that does not exist. */
export async function readObjects<T extends Resource>(
  { type, names }: Selection,
  args: ParsedArgs,
  { controlPlane }: KubectlContext,
): Promise<readonly T[]> {
  const namespace = namespaceOf(args);
  if (names === null) {
    const all = await controlPlane.list(type.kind, isNamespaced(type.kind) ? namespace : undefined);
    if (type.kind === 'EndpointSlice') await addCreationTimes(all, controlPlane);
    return filterBySelector(all as readonly T[], args.flags.get('selector'));
  }
  if (namespace === undefined) {
    throw new KubectlError('error: a resource cannot be retrieved by name across all namespaces');
  }
  const found: T[] = [];
  for (const name of names)
    found.push((await readObject(type, name, namespace, controlPlane)) as T);
  return found;
}

async function readObject(
  type: ResourceType,
  name: string,
  namespace: string,
  controlPlane: KubectlContext['controlPlane'],
): Promise<Resource> {
  try {
    if (type.plural === 'endpoints') {
      const slices = await controlPlane.list('EndpointSlice', namespace);
      const slice = slices.find(
        ({ metadata }) => metadata?.labels?.['kubernetes.io/service-name'] === name,
      );
      if (!slice) throw notFound(type, name);
      return slice;
    }
    return await controlPlane.get(type.kind, name, namespace);
  } catch (error) {
    if (isNotFound(error)) throw notFound(type, name);
    throw error;
  }
}

/** `Error from server (NotFound): pods "x" not found`. */
export function notFound(type: ResourceType, name: string): KubectlError {
  return new KubectlError(
    `Error from server (NotFound): ${qualifiedPlural(type)} "${name}" not found`,
  );
}

function filterBySelector<T extends Resource>(
  objects: readonly T[],
  text: string | undefined,
): readonly T[] {
  if (text === undefined) return objects;
  const selector = parseSelector(text);
  return objects.filter(({ metadata }) => matchesSelector(selector, metadata?.labels));
}

/** webernetes 0.3.5 loses the creation time of a slice when its endpoints change; its Service has the same. */
async function addCreationTimes(
  slices: readonly Resource[],
  controlPlane: KubectlContext['controlPlane'],
): Promise<void> {
  const services = await controlPlane.list('Service');
  for (const { metadata } of slices) {
    const owner = services.find(
      (service) => service.metadata?.uid === metadata?.ownerReferences?.[0]?.uid,
    );
    const time = owner?.metadata?.creationTimestamp;
    if (metadata && !metadata.creationTimestamp && time) metadata.creationTimestamp = time;
  }
}
