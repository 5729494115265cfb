/** One build of an image. */
interface Build {
  readonly code: string;
  /** SHA-256 of the code, hexadecimal. */
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

/** Enough to tell the builds of one lab apart, and short enough to read. */
const SHOWN_DIGITS = 16;

/** A registry with these images and no build of any. */
export function createImageStore(names: readonly string[]): ImageStore {
  const builds = new Map<string, string>();
  const latest = new Map<string, string>();
  return {
    names,
    push: (image, { code, digest }) => {
      const short = `sha256:${digest.slice(0, SHOWN_DIGITS)}`;
      builds.set(short, code);
      latest.set(image, short);
    },
    latestDigest: (image) => latest.get(image) ?? null,
    module: (image, digest) => builds.get(digest ?? latest.get(image) ?? '') ?? null,
  };
}

/** `triage` of `triage`, `triage:latest` and `docker.io/library/triage:latest`. */
export function imageName(reference: string): string {
  return reference.replace(/^docker\.io\/library\//, '').replace(/:latest$/, '');
}
