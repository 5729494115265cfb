/** One build of an image. */
export interface Build {
  readonly code: string;
  /** Names the build by its content. */
  readonly digest: string;
}

/** The lab's registry: the latest build of each image, and every build that a pod may still name. */
export interface ImageStore {
  /** Image names, as a manifest writes them without a tag. */
  readonly names: readonly string[];
  push(image: string, build: Build): void;
  /** The digest of the latest build; null before the first. */
  latestDigest(image: string): string | null;
  /** The module of one build, of the latest when no digest is given; null when there is none. */
  module(image: string, digest: string | undefined): string | null;
}

/** A registry with these images and no build of any. */
export function createImageStore(names: readonly string[]): ImageStore {
  const builds = new Map<string, string>();
  const latest = new Map<string, string>();
  return {
    names,
    push: (image, { code, digest }) => {
      builds.set(digest, code);
      latest.set(image, digest);
    },
    latestDigest: (image) => latest.get(image) ?? null,
    module: (image, digest) => builds.get(digest ?? latest.get(image) ?? '') ?? null,
  };
}

/** `triage` of `triage`, `triage:latest` and `docker.io/library/triage:latest`. */
export function imageName(reference: string): string {
  return reference.replace(/^docker\.io\/library\//, '').replace(/:latest$/, '');
}
