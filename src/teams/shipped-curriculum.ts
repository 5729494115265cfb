import { listCourses } from '#courses/catalogue.ts';
import { listLabIds, loadLab } from '#labs/catalogue.ts';
import { toCurriculum, type Curriculum } from './curriculum.ts';

let curriculum: Promise<Curriculum> | null = null;

/** The skills of everything that this site teaches. */
export function readCurriculum(): Promise<Curriculum> {
  return (curriculum ??= gather());
}

async function gather(): Promise<Curriculum> {
  const labs = await Promise.all(
    listLabIds().map(async (id) => {
      const { title, version, skills } = (await loadLab(id)).definition;
      return { id, title, version, skills };
    }),
  );
  const courses = (await listCourses()).map(({ entry, lessons }) => ({
    title: entry.data.title,
    lessons: lessons.map((lesson) => {
      const { title, skills, labs: embedded } = lesson.entry.data;
      return { id: lesson.id, title, skills, labs: embedded };
    }),
  }));
  return toCurriculum(courses, labs);
}
