import { z } from 'zod';
import type { ProblemList } from './problem-list.ts';
import { checkShape, readYaml, type YamlText } from './read-yaml.ts';

/** The valid entries of a YAML list with unique ids; every misfit goes to `list`. */
export function lintEntries<Schema extends z.ZodType<{ id: string }>>(
  text: string,
  schema: Schema,
  list: ProblemList,
): { entries: z.output<Schema>[]; yaml: YamlText | null } {
  const yaml = readYaml(text, list);
  if (!yaml || !checkShape(yaml, z.array(z.unknown()), list)) return { entries: [], yaml };
  const items = yaml.value as unknown[];
  checkShape(yaml, z.array(schema), list);
  const seen = new Map<string, number>();
  const entries = items.flatMap((item, index) => {
    const parsed = schema.safeParse(item);
    if (!parsed.success) return [];
    const { id } = parsed.data;
    const line = yaml.lineOf([index, 'id']);
    const other = seen.get(id);
    if (other === undefined) {
      seen.set(id, line);
      return [parsed.data];
    }
    list.add(
      { line, field: 'id' },
      `\`${id}\` is also the id in line ${other}.`,
      'Give each entry its own id.',
    );
    return [];
  });
  return { entries, yaml };
}
