/** `production-is-different/index.mdx` (relative to content/) to `production-is-different`. */
export function pathToCourseId(path: string): string {
  return path.replace(/\/index\.mdx$/, '');
}

/** `production-is-different/02-model-server.mdx` to `production-is-different/model-server`. */
export function pathToLessonId(path: string): string {
  return path.replace(/\/\d\d-/, '/').replace(/\.mdx$/, '');
}

/** Place of a lesson in its course, from the number its file name starts with. */
export function pathToLessonNumber(path: string): number {
  return Number(/(?:^|\/)(\d\d)-[^/]+$/.exec(path)?.[1]);
}
