import { getCollection, getEntry, type CollectionEntry } from 'astro:content';
import { pathToLessonNumber } from './content-path.ts';
import { outlineLesson, type LessonOutline } from './lesson-outline.ts';

export interface LessonSummary {
  /** `<course>/<lesson>`, also its address below /courses/. */
  readonly id: string;
  readonly entry: CollectionEntry<'lessons'>;
  /** Place in the course, from 1. */
  readonly number: number;
  readonly minutes: number;
  readonly outline: LessonOutline;
}

export interface CourseSummary {
  readonly id: string;
  readonly entry: CollectionEntry<'courses'>;
  readonly lessons: readonly LessonSummary[];
  readonly minutes: number;
  /** Lab ids in the order of the lessons. */
  readonly labs: readonly string[];
}

/** Every course with its lessons, in the order of the catalogue. */
export async function listCourses(): Promise<CourseSummary[]> {
  const courses = await getCollection('courses');
  const sorted = courses.toSorted((one, other) => one.data.order - other.data.order);
  return Promise.all(sorted.map(toCourseSummary));
}

/** One course with its lessons; throws when there is none of that id. */
export async function getCourse(id: string): Promise<CourseSummary> {
  const entry = await getEntry('courses', id);
  if (!entry) throw new Error(`There is no content/${id}/index.mdx.`);
  return toCourseSummary(entry);
}

/** Lessons that embed a lab. */
export async function listLessonsWithLab(lab: string): Promise<LessonSummary[]> {
  const courses = await listCourses();
  return courses
    .flatMap((course) => course.lessons)
    .filter((lesson) => lesson.entry.data.labs.includes(lab));
}

async function toCourseSummary(entry: CollectionEntry<'courses'>): Promise<CourseSummary> {
  const entries = await getCollection('lessons', (lesson) => lesson.id.startsWith(`${entry.id}/`));
  const lessons = entries
    .toSorted((one, other) => placeOf(one) - placeOf(other))
    .map((lesson, index) => toLessonSummary(lesson, index + 1));
  return {
    id: entry.id,
    entry,
    lessons,
    minutes: lessons.reduce((sum, lesson) => sum + lesson.minutes, 0),
    labs: [...new Set(lessons.flatMap((lesson) => lesson.entry.data.labs))],
  };
}

function toLessonSummary(entry: CollectionEntry<'lessons'>, number: number): LessonSummary {
  const outline = outlineLesson(entry.body ?? '');
  return { id: entry.id, entry, number, minutes: entry.data.minutes ?? outline.minutes, outline };
}

function placeOf(lesson: CollectionEntry<'lessons'>): number {
  return pathToLessonNumber(lesson.filePath ?? '');
}
