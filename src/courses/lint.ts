import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from '#platform/problem.ts';
import { lintLab } from './lint/lint-lab.ts';
import { readContent } from './lint/read-content.ts';
import { lintContent } from './lint/lint-content.ts';
import { createProblemList } from './lint/problem-list.ts';

/** Every problem of every lesson, course, source, term and lab of a project, by file and line. */
export async function lintProject(root: string): Promise<Problem[]> {
  const labs = await readLabs(root);
  const content = await readContent(root, labs);
  const problems = [...lintContent(content), ...(await lintLabs(root, labs))];
  return problems.toSorted(
    (one, other) => one.file.localeCompare(other.file) || (one.line ?? 0) - (other.line ?? 0),
  );
}

async function readLabs(root: string): Promise<string[]> {
  const entries = await readdir(path.join(root, 'labs'), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

async function lintLabs(root: string, labs: readonly string[]): Promise<Problem[]> {
  const lists = await Promise.all(
    labs.map(async (lab) => {
      const list = createProblemList(`labs/${lab}/lab.json`);
      const folder = path.join(root, 'labs', lab);
      const text = await readFile(path.join(folder, 'lab.json'), 'utf8').catch(() => null);
      if (text === null)
        list.add({}, 'The lab has no lab.json.', 'Write one, or remove the folder.');
      else lintLab(text, folder, list);
      return list.problems;
    }),
  );
  return lists.flat();
}
