import { itemOf, type PathItems } from './path.ts';
import type { PathItem, Unit } from './version.ts';

/** What there is to learn, by id. */
export interface Learnables {
  readonly courses: ReadonlyMap<
    string,
    { readonly title: string; readonly units: readonly Unit[] }
  >;
  readonly lessons: ReadonlyMap<string, Unit>;
  readonly labs: ReadonlyMap<string, Unit>;
}

/** The items of a path with all that belongs to them. Throws where the content lint was not heeded. */
export function resolveItems(items: PathItems, learnables: Learnables): PathItem[] {
  return items.map((written) => {
    const { kind, id } = itemOf(written);
    const { title, units } = findLearnable(kind, id, learnables);
    const { optional, after } = written;
    return { kind, id, title, optional, after: [...after], units: [...units] };
  });
}

function findLearnable(kind: PathItem['kind'], id: string, learnables: Learnables) {
  if (kind === 'course') {
    const course = learnables.courses.get(id);
    if (course) return course;
  } else {
    const unit = (kind === 'lesson' ? learnables.lessons : learnables.labs).get(id);
    if (unit) return { title: unit.title, units: [unit] };
  }
  throw new Error(`A path names the ${kind} "${id}", which does not exist.`);
}
