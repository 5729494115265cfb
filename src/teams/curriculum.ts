/** What this site teaches, by the skills that its labs and lessons declare. */
export interface Curriculum {
  /** In the order in which the courses teach them. */
  readonly skills: readonly Skill[];
  readonly labs: ReadonlyMap<string, LabSummary>;
  /** Title by `<course>/<lesson>`. */
  readonly lessons: ReadonlyMap<string, string>;
}

export interface Skill {
  readonly id: string;
  readonly name: string;
  /** Title of the course that teaches it first. */
  readonly course: string;
  /** Ids of the labs that give evidence of it. */
  readonly labs: readonly string[];
  /** Ids of the lessons that prepare for it. */
  readonly lessons: readonly string[];
}

export interface LabSummary {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly skills: readonly string[];
}

/** A course as far as skills are concerned. */
export interface TaughtCourse {
  readonly title: string;
  readonly lessons: readonly {
    readonly id: string;
    readonly title: string;
    readonly skills: readonly string[];
    readonly labs: readonly string[];
  }[];
}

const withoutCourse = 'Labs of no course';

/** Gathers the skills of courses and labs. A lab that no lesson embeds comes last. */
export function toCurriculum(
  courses: readonly TaughtCourse[],
  labs: readonly LabSummary[],
): Curriculum {
  const byId = new Map(labs.map((lab) => [lab.id, lab]));
  const found = new Map<string, string>();
  const note = (skills: readonly string[], course: string) => {
    for (const skill of skills) if (!found.has(skill)) found.set(skill, course);
  };
  for (const { title, lessons } of courses)
    for (const lesson of lessons) {
      for (const lab of lesson.labs) note(byId.get(lab)?.skills ?? [], title);
      note(lesson.skills, title);
    }
  for (const lab of labs) note(lab.skills, withoutCourse);
  const lessons = courses.flatMap((course) => course.lessons);
  const order = [...courses.map(({ title }) => title), withoutCourse];
  const skills = [...found].map(([id, course]) => ({
    id,
    name: nameSkill(id),
    course,
    labs: labs.filter((lab) => lab.skills.includes(id)).map((lab) => lab.id),
    lessons: lessons.filter((lesson) => lesson.skills.includes(id)).map((lesson) => lesson.id),
  }));
  return {
    skills: skills.toSorted(
      (one, other) => order.indexOf(one.course) - order.indexOf(other.course),
    ),
    labs: byId,
    lessons: new Map(lessons.map(({ id, title }) => [id, title])),
  };
}

const acronyms = new Set(['kv', 'llm', 'sbom', 'wgsl', 'slo', 'gpu', 'api']);

/** A skill's id as people write it: `kv-cache` is `KV cache`. */
function nameSkill(id: string): string {
  const words = id.split('-').map((word) => (acronyms.has(word) ? word.toUpperCase() : word));
  const [first = '', ...rest] = words;
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ');
}
