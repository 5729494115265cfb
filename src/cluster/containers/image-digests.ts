/** Pod annotation that says which build each image of the pod was when it was applied. */
export const DIGEST_ANNOTATION = 'day-two.dev/image-digest';

/** `triage=fnv1a:0123, gate=fnv1a:4567`. */
export function formatDigests(digests: ReadonlyMap<string, string>): string {
  return [...digests].map(([image, digest]) => `${image}=${digest}`).join(', ');
}

/** The build of `image` that the annotation names; undefined when it names none. */
export function findDigest(annotation: string | undefined, image: string): string | undefined {
  const entry = annotation?.split(', ').find((part) => part.startsWith(`${image}=`));
  return entry?.slice(image.length + 1);
}
