import { itemOf, type PathItems } from '#paths/path.ts';
import type { ProblemList } from './problem-list.ts';
import type { YamlText } from './read-yaml.ts';

/** Ids that a path may name. */
export interface Nameable {
  readonly course: ReadonlySet<string>;
  /** `<course>/<lesson>`. */
  readonly lesson: ReadonlySet<string>;
  readonly lab: ReadonlySet<string>;
}

/** Checks that every item exists, stands once, and comes after what it asks for. `at` is the place of the items. */
export function lintPathItems(
  items: PathItems,
  nameable: Nameable,
  yaml: YamlText,
  at: readonly string[],
  list: ProblemList,
): void {
  const above = new Set<string>();
  for (const [index, written] of items.entries()) {
    const { kind, id } = itemOf(written);
    const place = (...rest: PropertyKey[]) => ({
      line: yaml.lineOf([...at, index, ...rest]),
      field: [...at, index, ...rest].map(String).join('.'),
    });
    if (!nameable[kind].has(id)) {
      list.add(place(kind), `There is no ${kind} \`${id}\`.`, suggest(id, nameable[kind]));
    }
    const double = above.has(id) ? id : courseAbove(kind, id, above);
    if (double) {
      list.add(place(kind), `\`${id}\` is in this path already, as \`${double}\`.`, 'Remove one.');
    }
    for (const [number, needed] of written.after.entries()) {
      if (above.has(needed)) continue;
      const known = [...above].map((other) => `\`${other}\``).join(', ') || 'none';
      list.add(
        place('after', number),
        `\`${needed}\` is not an item above this one.`,
        `Move it up, or name one of those above: ${known}.`,
      );
    }
    above.add(id);
  }
  if (items.every(({ optional }) => optional)) {
    const where = { line: yaml.lineOf(at), field: at.join('.') };
    list.add(where, 'Every item is optional.', 'Leave at least one item required.');
  }
}

function courseAbove(kind: string, id: string, above: ReadonlySet<string>): string | undefined {
  const course = id.split('/')[0] ?? '';
  return kind === 'lesson' && above.has(course) ? course : undefined;
}

function suggest(id: string, known: ReadonlySet<string>): string {
  const start = id.slice(0, 3);
  const near = [...known].filter((other) => other.startsWith(start) || other.endsWith(`/${id}`));
  const names = (near.length > 0 ? near : [...known]).slice(0, 5);
  return `Correct the id, for example to ${names.map((name) => `\`${name}\``).join(', ')}.`;
}
