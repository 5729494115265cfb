import { getCollection } from 'astro:content';
import { listCourses } from '#courses/catalogue.ts';
import { listLabIds, loadLab } from '#labs/catalogue.ts';
import type { OfferedPath } from './offered.ts';
import { resolveItems, type Learnables } from './resolve-items.ts';
import type { Unit } from './version.ts';

let learnables: Promise<Learnables> | null = null;

/** The paths of content/paths/, in the order of the catalogue. */
export async function listShippedPaths(): Promise<OfferedPath[]> {
  const known = await readLearnables();
  const entries = await getCollection('paths');
  return entries
    .toSorted((one, other) => one.data.order - other.data.order)
    .map(({ id, data: { title, summary, items } }) => ({
      id,
      content: { title, summary, items: resolveItems(items, known) },
      version: null,
      source: '',
      isRetired: false,
    }));
}

/** Every course, lesson and lab of this site. */
export function readLearnables(): Promise<Learnables> {
  return (learnables ??= gather());
}

async function gather(): Promise<Learnables> {
  const labs = new Map<string, Unit>();
  for (const id of listLabIds()) {
    const { title, minutes } = (await loadLab(id)).definition;
    labs.set(id, { kind: 'lab', id, title, minutes });
  }
  const courses = await listCourses();
  const lessons = new Map<string, Unit>();
  for (const { id, entry, minutes, outline } of courses.flatMap((course) => course.lessons)) {
    const { title } = entry.data;
    const counted = outline.counted.length > 0 ? { counted: [...outline.counted] } : {};
    lessons.set(id, {
      kind: 'lesson',
      id,
      title,
      minutes,
      checks: [...outline.checks],
      ...counted,
    });
  }
  return {
    labs,
    lessons,
    courses: new Map(
      courses.map(({ id, entry, lessons: own, labs: practised }) => {
        const parts = [
          ...own.map((lesson) => lessons.get(lesson.id)),
          ...practised.map((lab) => labs.get(lab)),
        ];
        return [id, { title: entry.data.title, units: parts.filter((part) => part !== undefined) }];
      }),
    ),
  };
}
