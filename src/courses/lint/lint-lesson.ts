import type { MdxNode } from '../mdx.ts';
import { listElements, textAttribute } from '../mdx.ts';
import { lessonSchema } from '../lesson.ts';
import { lineOf, type MdxFile } from './mdx-file.ts';
import { listCitations } from './lint-references.ts';
import type { ProblemList } from './problem-list.ts';

/** Checks that a lesson's front matter names exactly the sources and labs that its text uses. */
export function lintLesson(mdx: MdxFile, tree: MdxNode, list: ProblemList): void {
  const { sources, labs } = lessonSchema.shape;
  // Front matter that is wrong elsewhere may still be right here.
  const fields = (mdx.frontMatter?.value ?? {}) as Record<string, unknown>;
  compare(
    'sources',
    sources.safeParse(fields['sources']).data ?? [],
    listCitations(tree),
    mdx,
    list,
  );
  const embedded = new Map(
    listElements(tree, 'LabLaunch').map((lab) => [textAttribute(lab, 'id') ?? '', lineOf(lab)]),
  );
  compare('labs', labs.safeParse(fields['labs']).data ?? [], embedded, mdx, list);
}

function compare(
  field: 'sources' | 'labs',
  named: readonly string[],
  used: ReadonlyMap<string, number | undefined>,
  mdx: MdxFile,
  list: ProblemList,
): void {
  const verb = field === 'sources' ? 'cited' : 'embedded';
  for (const [index, id] of named.entries()) {
    if (used.has(id)) continue;
    const line = mdx.frontMatter?.lineOf([field, index]);
    list.add(
      { line, field },
      `\`${id}\` is named here but not ${verb} in the text.`,
      'Remove it from the front matter.',
    );
  }
  for (const [id, line] of used) {
    if (id === '' || named.includes(id)) continue;
    list.add(
      { line },
      `\`${id}\` is ${verb} here but not named in the front matter.`,
      `Add it to \`${field}\`.`,
    );
  }
}
