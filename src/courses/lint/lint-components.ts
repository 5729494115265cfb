import { existsSync } from 'node:fs';
import path from 'node:path';
import { knowledgeCheckSchema } from '../knowledge-check.ts';
import { listElements, readableText, walkMdx, type MdxElement, type MdxNode } from '../mdx.ts';
import { componentSchemas, knownComponents } from './component-schemas.ts';
import { describeIssue } from './describe-issue.ts';
import { readProps } from './element-props.ts';
import { lineOf } from './mdx-file.ts';
import type { ProblemList } from './problem-list.ts';

/** Checks imports, component names and props, and that every check and prediction is complete. */
export function lintComponents(tree: MdxNode, list: ProblemList, root: string): void {
  const imported = lintImports(tree, list, root);
  const elements = listElements(tree);
  for (const element of elements) {
    lintName(element, imported, list);
    const schema = componentSchemas[element.name ?? ''];
    if (schema && !imported.has(element.name ?? '')) lintProps(element, schema, list);
  }
  for (const check of elements.filter(({ name }) => name === 'Check')) lintCheck(check, list);
  for (const element of elements.filter(({ name }) => name === 'Predict'))
    lintPredict(element, list);
  lintExerciseIds(elements, list);
}

function lintImports(tree: MdxNode, list: ProblemList, root: string): Set<string> {
  const names = new Set<string>();
  for (const node of walkMdx(tree)) {
    if (node.type !== 'mdxjsEsm') continue;
    for (const [, name = '', from = ''] of node.value.matchAll(
      /import\s+(\w+)\s+from\s+['"]([^'"]+)['"]/g,
    )) {
      names.add(name);
      const file = from.startsWith('#') ? path.join(root, 'src', from.slice(1)) : null;
      if (file && existsSync(file)) continue;
      const message = file
        ? `\`${from}\` does not exist.`
        : `\`${from}\` is not a file of this project.`;
      list.add(
        { line: lineOf(node) },
        message,
        'Import a figure as #courses/figures/<name>.astro.',
      );
    }
  }
  return names;
}

function lintName(element: MdxElement, imported: ReadonlySet<string>, list: ProblemList): void {
  const name = element.name ?? '';
  const at = { line: lineOf(element) };
  if (name === 'script' || name === 'style') {
    list.add(at, `<${name}> in a lesson.`, 'Put it into a component of src/courses/figures/.');
  }
  if (!/^[A-Z]/.test(name) || knownComponents.has(name) || imported.has(name)) return;
  const known = [...knownComponents].toSorted().join(', ');
  list.add(at, `There is no component <${name}>.`, `Import it, or use one of ${known}.`);
}

function lintProps(
  element: MdxElement,
  schema: (typeof componentSchemas)[string],
  list: ProblemList,
): void {
  const props = readProps(element, list);
  if (!props) return;
  const parsed = schema.safeParse(props);
  for (const issue of parsed.error?.issues ?? []) addIssue(issue, props, element, list);
}

function lintCheck(check: MdxElement, list: ProblemList): void {
  const optionElements = listElements(check, 'Option');
  const props = readProps(check, list);
  const options = optionElements.map((option) => readProps(option, list));
  if (!props || options.some((option) => option === null)) return;
  const value = { ...props, options };
  for (const issue of knowledgeCheckSchema.safeParse(value).error?.issues ?? []) {
    const [first, index] = issue.path;
    const option = first === 'options' ? optionElements[Number(index)] : undefined;
    addIssue(issue, value, option ?? check, list);
  }
  if (props['kind'] !== 'numeric') lintOptionTexts(optionElements, list);
  lintQuestion(check, 'Option', list);
}

function lintOptionTexts(options: readonly MdxElement[], list: ProblemList): void {
  for (const option of options.filter((empty) => readableText(empty) === '')) {
    const at = { line: lineOf(option), field: '<Option>' };
    list.add(at, 'The option has no text.', 'Write it between the tags.');
  }
}

function lintPredict(element: MdxElement, list: ProblemList): void {
  const reveals = listElements(element, 'Reveal');
  if (reveals.length !== 1 || readableText(reveals[0]!) === '') {
    const message = reveals.length > 1 ? 'More than one <Reveal>.' : 'No explanation.';
    list.add(
      { line: lineOf(element), field: '<Predict>' },
      message,
      'Explain the number in one <Reveal> after the question.',
    );
  }
  lintQuestion(element, 'Reveal', list);
}

function lintQuestion(element: MdxElement, except: string, list: ProblemList): void {
  const question = element.children.filter(
    (child) => !('name' in child && child.name === except),
  ) as MdxNode[];
  if (question.some((child) => readableText(child) !== '')) return;
  list.add(
    { line: lineOf(element), field: `<${element.name}>` },
    'There is no question.',
    `Write it between the tags, before the first <${except}>.`,
  );
}

function lintExerciseIds(elements: readonly MdxElement[], list: ProblemList): void {
  const seen = new Map<unknown, number | undefined>();
  for (const element of elements.filter(({ name }) => name === 'Check' || name === 'Predict')) {
    const attribute = element.attributes.find((found) => 'name' in found && found.name === 'id');
    const id = attribute?.value;
    if (typeof id !== 'string') continue;
    if (seen.has(id)) {
      list.add(
        { line: lineOf(element), field: `<${element.name}> id` },
        `\`${id}\` is also the id of the exercise in line ${seen.get(id)}.`,
        'Give each exercise of a lesson its own id: answers are stored under it.',
      );
    }
    seen.set(id, lineOf(element));
  }
}

function addIssue(
  issue: Parameters<typeof describeIssue>[0],
  value: unknown,
  element: MdxElement,
  list: ProblemList,
): void {
  for (const { path: where, message, repair } of describeIssue(issue, value)) {
    const field = [
      `<${element.name}>`,
      ...where.filter((key) => typeof key === 'string' && key !== 'options'),
    ];
    list.add({ line: lineOf(element), field: field.join(' ') }, message, repair);
  }
}
