import { DIGEST_ANNOTATION, formatDigests } from '../containers/image-digests.ts';
import { imageName, type ImageStore } from '../containers/image-store.ts';
import type { Container, Manifest } from '../control-plane/resources.ts';

/**
 * What to lay over a manifest so that its pods name the builds they run: a changed module then
 * changes the pod template, which is what makes a Deployment roll out.
 */
export function imageAdditions(manifest: Manifest, images: ImageStore): object {
  if (manifest.kind === 'Pod') return annotate(containersOf(manifest), images);
  if (manifest.kind !== 'Deployment' && manifest.kind !== 'ReplicaSet') return {};
  const spec = manifest['spec'] as { template?: { spec?: { containers?: Container[] } } };
  const template = annotate(spec.template?.spec?.containers ?? [], images);
  return { spec: { template } };
}

function containersOf(pod: Manifest): readonly Container[] {
  return (pod['spec'] as { containers?: Container[] }).containers ?? [];
}

function annotate(containers: readonly Container[], images: ImageStore): object {
  const digests = new Map<string, string>();
  for (const { image } of containers) {
    const name = imageName(image ?? '');
    const digest = images.latestDigest(name);
    if (digest !== null) digests.set(name, digest);
  }
  if (digests.size === 0) return {};
  return { metadata: { annotations: { [DIGEST_ANNOTATION]: formatDigests(digests) } } };
}
