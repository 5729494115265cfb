import type { z } from 'zod';
import type { Problem } from '#platform/problem.ts';
import { pathToCourseId, pathToLessonId, pathToLessonNumber } from '../content-path.ts';
import { courseSchema } from '../course.ts';
import { lessonSchema } from '../lesson.ts';
import { sourceSchema } from '../source.ts';
import { termSchema } from '../term.ts';
import { lintComponents } from './lint-components.ts';
import { lintEntries } from './lint-entries.ts';
import { lintLesson } from './lint-lesson.ts';
import { lintPaths } from './lint-paths.ts';
import { lintReferences } from './lint-references.ts';
import { isFlagged, listElements } from '../mdx.ts';
import { lineOf, readMdxFile, type MdxFile } from './mdx-file.ts';
import { createProblemList, type ProblemList } from './problem-list.ts';
import type { ContentTexts } from './read-content.ts';
import { checkShape } from './read-yaml.ts';
import type { Site } from './site.ts';

interface Page {
  readonly kind: 'course' | 'lesson' | 'brief';
  readonly address: string;
  readonly mdx: MdxFile;
  readonly list: ProblemList;
}

/** Every problem of the texts in content/ and of the labs' briefs. */
export function lintContent(texts: ContentTexts): Problem[] {
  const sourceList = createProblemList('content/sources.yaml');
  const termList = createProblemList('content/glossary.yaml');
  const { entries: sources } = lintEntries(texts.sources, sourceSchema, sourceList);
  const { entries: terms, yaml } = lintEntries(texts.glossary, termSchema, termList);
  const termIds = new Set(terms.map((term) => term.id));
  for (const [index, term] of terms.entries()) {
    for (const id of term.see.filter((see) => !termIds.has(see))) {
      const line = yaml?.lineOf([index, 'see']);
      termList.add(
        { line, field: `${term.id}.see` },
        `There is no term \`${id}\`.`,
        'Add it, or correct the id.',
      );
    }
  }
  const pages = readPages(texts);
  const site: Site = {
    root: texts.root,
    sources: new Map(sources.map((source) => [source.id, source])),
    terms: termIds,
    labs: new Set(texts.labs),
    pages: listPages(pages, termIds),
  };
  for (const page of pages) lintPage(page, site);
  const pathLists = lintPaths(texts.paths, {
    course: new Set([...texts.courses.keys()].map((file) => pathToCourseId(inContent(file)))),
    lesson: new Set([...texts.lessons.keys()].map((file) => pathToLessonId(inContent(file)))),
    lab: new Set(texts.labs),
  });
  const lists = [sourceList, termList, ...pathLists, ...pages.map((page) => page.list)];
  return [
    ...lists.flatMap((list) => list.problems),
    ...lintOrders(pages),
    ...lintAddresses([...texts.lessons.keys()]),
    ...texts.strays.map(toStrayProblem),
  ];
}

function inContent(file: string): string {
  return file.replace(/^content\//, '');
}

function readPages(texts: ContentTexts): Page[] {
  const read = (
    kind: Page['kind'],
    files: ReadonlyMap<string, string>,
    toAddress: (file: string) => string,
  ) =>
    [...files].map(([file, text]): Page => {
      const list = createProblemList(file);
      return { kind, address: toAddress(file), mdx: readMdxFile(text, list), list };
    });
  return [
    ...read('course', texts.courses, (file) => `/courses/${pathToCourseId(inContent(file))}/`),
    ...read('lesson', texts.lessons, (file) => `/courses/${pathToLessonId(inContent(file))}/`),
    ...read('brief', texts.briefs, (file) => `/labs/${file.split('/')[1]}/`),
  ];
}

function listPages(pages: readonly Page[], terms: ReadonlySet<string>): Map<string, Set<string>> {
  const none = new Set<string>();
  const fixed = [
    '/',
    '/courses/',
    '/labs/',
    '/search/',
    '/progress/',
    '/training/',
    '/accelerator/',
    '/models/',
  ];
  return new Map<string, Set<string>>([
    ...fixed.map((address) => [address, none] as const),
    ['/glossary/', new Set(terms)],
    ...pages.map(({ address, mdx }) => [address, new Set(mdx.anchors)] as const),
  ]);
}

function lintPage({ kind, mdx, list }: Page, site: Site): void {
  const { tree } = mdx;
  if (kind === 'brief') lintBrief(mdx, list);
  if (kind === 'lesson') lintFrontMatter(mdx, lessonSchema, list);
  if (kind === 'course') lintFrontMatter(mdx, courseSchema, list);
  if (!tree) return;
  lintComponents(tree, list, site.root);
  lintReferences(mdx, tree, list, site);
  if (kind === 'lesson' && mdx.frontMatter) lintLesson(mdx, tree, list);
}

function lintBrief(mdx: MdxFile, list: ProblemList): void {
  if (mdx.frontMatter)
    list.add({ line: 1 }, 'A brief has no front matter.', 'Move it to lab.json.');
  for (const lab of mdx.tree ? listElements(mdx.tree, 'LabLaunch') : []) {
    list.add({ line: lineOf(lab) }, 'A brief cannot hold a lab.', 'Link to it: /labs/<id>/.');
  }
  for (const check of mdx.tree ? listElements(mdx.tree, 'Check') : []) {
    if (!isFlagged(check, 'counts')) continue;
    const repair = 'Remove `counts`, or put the check into a lesson.';
    list.add(
      { line: lineOf(check), field: '<Check> counts' },
      'Only a lesson can ask a check that counts.',
      repair,
    );
  }
  const isEmpty = mdx.tree && 'children' in mdx.tree && mdx.tree.children.length === 0;
  if (isEmpty) list.add({}, 'The lab has no brief.', 'Say in brief.mdx what there is to do.');
}

function lintFrontMatter(mdx: MdxFile, schema: z.ZodType, list: ProblemList): void {
  if (mdx.frontMatter) {
    checkShape(mdx.frontMatter, schema, list);
  } else if (list.problems.length === 0) {
    list.add(
      { line: 1 },
      'There is no front matter.',
      'Begin with --- and the fields of docs/authoring.md.',
    );
  }
}

function lintOrders(pages: readonly Page[]): Problem[] {
  const seen = new Map<unknown, string>();
  return pages
    .filter(({ kind }) => kind === 'course')
    .flatMap(({ mdx, list }) => {
      const order = (mdx.frontMatter?.value as { order?: unknown } | null)?.order;
      const other = seen.get(order);
      seen.set(order, list.file);
      if (order === undefined || other === undefined) return [];
      return [
        {
          file: list.file,
          ...(mdx.frontMatter && { line: mdx.frontMatter.lineOf(['order']) }),
          field: 'order',
          message: `${JSON.stringify(order)} is also the order of ${other}.`,
          repair: 'Give each course its own place.',
        },
      ];
    });
}

function lintAddresses(lessons: readonly string[]): Problem[] {
  const seen = new Map<string, string>();
  return lessons.flatMap((file) => {
    const id = pathToLessonId(file);
    const place = `${file.split('/')[1]} ${pathToLessonNumber(file)}`;
    const sameId = seen.get(id);
    const samePlace = seen.get(place);
    seen.set(id, file).set(place, file);
    return [
      ...(sameId
        ? [
            {
              file,
              message: `It has the same address as ${sameId}.`,
              repair: 'Rename one of them.',
            },
          ]
        : []),
      ...(samePlace
        ? [
            {
              file,
              message: `It has the same number as ${samePlace}.`,
              repair: 'Number the lessons of a course 01, 02 and so on.',
            },
          ]
        : []),
    ];
  });
}

function toStrayProblem(file: string): Problem {
  return {
    file,
    message: 'No page is made from this file.',
    repair:
      'Name a lesson content/<course>/NN-<slug>.mdx in lower case; move anything else out of content/.',
  };
}
