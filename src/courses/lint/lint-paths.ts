import { pathSchema } from '#paths/path.ts';
import { lintPathItems, type Nameable } from './lint-path-items.ts';
import { createProblemList, type ProblemList } from './problem-list.ts';
import { checkShape, readYaml } from './read-yaml.ts';

/** Problems of every `content/paths/<id>.yaml`. */
export function lintPaths(
  texts: ReadonlyMap<string, string>,
  nameable: Nameable,
): readonly ProblemList[] {
  const places = new Map<number, string>();
  return [...texts].map(([file, text]) => {
    const list = createProblemList(file);
    const yaml = readYaml(text, list);
    const path = yaml && checkShape(yaml, pathSchema, list);
    if (!path) return list;
    lintPathItems(path.items, nameable, yaml, ['items'], list);
    const other = places.get(path.order);
    if (other) {
      list.add(
        { line: yaml.lineOf(['order']), field: 'order' },
        `${path.order} is also the order of ${other}.`,
        'Give each path its own place.',
      );
    }
    places.set(path.order, file);
    return list;
  });
}
