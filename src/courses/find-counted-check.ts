import { getEntry } from 'astro:content';
import { readCountedCheck } from './read-counted-check.ts';
import type { KnowledgeCheck } from './knowledge-check.ts';

/** The check of that id in that lesson (`<course>/<lesson>`); null where there is none that counts. */
export async function findCountedCheck(lesson: string, id: string): Promise<KnowledgeCheck | null> {
  const entry = await getEntry('lessons', lesson);
  return entry ? readCountedCheck(entry.body ?? '', id) : null;
}
