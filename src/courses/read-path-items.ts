import type { Problem } from '#platform/problem.ts';
import { pathItemsSchema, type PathItems } from '#paths/path.ts';
import { lintPathItems, type Nameable } from './lint/lint-path-items.ts';
import { createProblemList } from './lint/problem-list.ts';
import { checkShape, readYaml } from './lint/read-yaml.ts';

/** Reads the items of a path that somebody typed as YAML; `items` is null where there are problems. */
export function readPathItems(
  text: string,
  nameable: Nameable,
): { readonly items: PathItems | null; readonly problems: readonly Problem[] } {
  const list = createProblemList('items');
  const yaml = readYaml(text, list);
  const items = yaml && checkShape(yaml, pathItemsSchema, list);
  if (items) lintPathItems(items, nameable, yaml, [], list);
  return { items: list.problems.length > 0 ? null : items, problems: list.problems };
}
