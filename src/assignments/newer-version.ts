import { isDeepStrictEqual } from 'node:util';
import type { OfferedPath } from '#paths/offered.ts';
import type { Assignment } from './assignment.ts';

/** The number of the version that an assignment can be moved on to; null where it has the newest. */
export function newerThan(
  { version, content }: Assignment,
  newest: OfferedPath | null,
): number | null {
  if (!newest) return null;
  if (newest.version !== null) return newest.version > version ? newest.version : null;
  return isDeepStrictEqual(newest.content, content) ? null : version + 1;
}
