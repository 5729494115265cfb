import { isNotFound } from './api-error.ts';
import type { ControlPlane } from './control-plane.ts';
import { isNamespaced, type Kind, type Manifest, type ResourceOf } from './resources.ts';

export type Applied = 'created' | 'configured' | 'unchanged';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * `kubectl apply` of one manifest: creates the object, or changes what the manifest says and removes
 * what the last applied one said and this one does not. `additions` is laid over the manifest and is
 * not part of what counts as applied. Rejects with `ApiError`.
 */
export async function applyManifest(
  controlPlane: ControlPlane,
  manifest: Manifest,
  additions: object = {},
): Promise<Applied> {
  const { kind } = manifest;
  const namespace = isNamespaced(kind) ? (manifest.metadata.namespace ?? 'default') : '';
  const configuration = JSON.stringify(manifest);
  const annotations = { [LAST_APPLIED]: configuration };
  const desired = overlay(overlay(manifest, additions), { metadata: { annotations } });
  const existing = await find(controlPlane, kind, manifest.metadata.name, namespace);
  if (!existing) {
    const body = isNamespaced(kind) ? overlay(desired, { metadata: { namespace } }) : desired;
    await controlPlane.create(kind, namespace, body as ResourceOf[Kind]);
    return 'created';
  }
  const before: unknown = JSON.parse(existing.metadata?.annotations?.[LAST_APPLIED] ?? '{}');
  const patch = difference(existing, before, desired);
  if (Object.keys(patch).length === 0) return 'unchanged';
  await controlPlane.patch(kind, manifest.metadata.name, namespace, patch);
  return 'configured';
}

async function find(
  controlPlane: ControlPlane,
  kind: Kind,
  name: string,
  namespace: string,
): Promise<ResourceOf[Kind] | null> {
  try {
    return await controlPlane.get(kind, name, namespace);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

type Tree = Readonly<Record<string, unknown>>;

/** Both trees in one; where both have a leaf, `top` wins. */
export function overlay(bottom: object, top: object): Tree {
  const result: Record<string, unknown> = { ...bottom };
  for (const [key, value] of Object.entries(top)) {
    const below = result[key];
    result[key] = isTree(value) && isTree(below) ? overlay(below, value) : value;
  }
  return result;
}

/** The merge patch that makes `existing` say what `desired` says. */
function difference(existing: unknown, before: unknown, desired: Tree): Tree {
  const patch: Record<string, unknown> = {};
  const live = asTree(existing);
  const last = asTree(before);
  for (const key of Object.keys(last)) {
    if (!(key in desired) && key in live) patch[key] = null;
  }
  for (const [key, wanted] of Object.entries(desired)) {
    if (isTree(wanted)) {
      const child = difference(live[key], last[key], wanted);
      if (Object.keys(child).length > 0 || !(key in live)) patch[key] = child;
    } else if (!isContained(wanted, live[key])) {
      patch[key] = wanted;
    }
  }
  return patch;
}

/** True when the live value says all that the wanted one says; the API server adds defaults of its own. */
function isContained(wanted: unknown, live: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(live) &&
      live.length === wanted.length &&
      wanted.every((item, index) => isContained(item, live[index]))
    );
  }
  if (isTree(wanted)) {
    return (
      isTree(live) && Object.entries(wanted).every(([key, value]) => isContained(value, live[key]))
    );
  }
  return wanted === live;
}

function asTree(value: unknown): Tree {
  return isTree(value) ? value : {};
}

function isTree(value: unknown): value is Tree {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
  );
}

/** The merge patch that turns `existing` into `desired`, with nothing left of what `desired` lacks. */
export function replacement(existing: object, desired: object): Tree {
  return difference(existing, existing, desired as Tree);
}
