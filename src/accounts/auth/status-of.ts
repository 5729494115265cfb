/** The HTTP status of an error of better-auth; null for any other. Not by class: pages are bundled with a copy of it. */
export function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('statusCode' in error)) return null;
  return typeof error.statusCode === 'number' ? error.statusCode : null;
}
