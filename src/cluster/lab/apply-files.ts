import type { CompiledImages } from '#pods/compile.ts';
import type { LabFiles } from '#labs/files.ts';
import type { Problem } from '#platform/problem.ts';
import { checkManifests, type Place } from '../check-manifests.ts';
import type { ImageStore } from '../containers/image-store.ts';
import { ApiError } from '../control-plane/api-error.ts';
import { applyManifest, type Applied } from '../control-plane/apply.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { API_VERSION, type Manifest } from '../control-plane/resources.ts';
import type { DeployResult } from '../lab-cluster.ts';
import { imageAdditions } from './image-additions.ts';

export interface ApplyTarget {
  readonly controlPlane: ControlPlane;
  readonly images: ImageStore;
}

/**
 * Checks and applies every manifest of `files`, with the images as `compiled` gives them. Nothing
 * is changed unless every image compiled and every manifest passed its checks.
 */
export async function applyFiles(
  { controlPlane, images }: ApplyTarget,
  files: LabFiles,
  compiled: CompiledImages,
): Promise<DeployResult> {
  const checked = checkManifests(files, images.names);
  const problems = [...compileProblems(compiled), ...checked.problems];
  if (problems.some(({ severity }) => severity !== 'warning')) return { ok: false, problems };
  for (const [image, build] of Object.entries(compiled)) if (build.ok) images.push(image, build);

  const applied: string[] = [];
  for (const manifest of namespacesFirst(checked.manifests)) {
    try {
      const additions = imageAdditions(manifest, images);
      applied.push(formatApplied(manifest, await applyManifest(controlPlane, manifest, additions)));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { ok: false, problems: [refusal(error, checked.places.get(manifest))] };
    }
  }
  return problems.length === 0 ? { ok: true, applied } : { ok: true, applied, warnings: problems };
}

/** `deployment.apps/triage`, the name that kubectl prints. */
function qualifiedName(kind: Manifest['kind'], name: string): string {
  const [group = ''] = API_VERSION[kind].includes('/') ? API_VERSION[kind].split('/') : [];
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${name}`;
}

function formatApplied(manifest: Manifest, applied: Applied): string {
  return `${qualifiedName(manifest.kind, manifest.metadata.name)} ${applied}`;
}

function compileProblems(compiled: CompiledImages): readonly Problem[] {
  const problems = Object.values(compiled).flatMap((image) => (image.ok ? [] : image.problems));
  // Two images of the same module have the same problems.
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function namespacesFirst(manifests: readonly Manifest[]): readonly Manifest[] {
  const namespaces = manifests.filter(({ kind }) => kind === 'Namespace');
  return [...namespaces, ...manifests.filter(({ kind }) => kind !== 'Namespace')];
}

function refusal(error: ApiError, place: Place | undefined): Problem {
  return {
    ...(place ?? { file: '' }),
    message: `Error from server (${error.reason}): ${error.message}`,
    repair: 'Change what the message names, or delete the object with kubectl and apply again.',
    severity: 'error',
  };
}
