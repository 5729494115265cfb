import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expectedFailureSchema } from '../expected-failure.ts';
import type { LabFiles } from '../files.ts';
import { readFolderFiles } from '../read-lab-folder.ts';

/** One set of files of a lab and what its grade must find. */
export interface Answer {
  readonly lab: string;
  /** `start`, `solution` or `wrong/<name>`. */
  readonly name: string;
  readonly files: LabFiles;
  /** `fail` at any check, or at the named one. */
  readonly expected: { readonly result: 'pass' | 'fail'; readonly check: string | null };
}

/** The labs under `labs/`, or the one of that id or prefix (`l06`). Throws when there is none. */
export async function selectLabs(wanted: string | null): Promise<string[]> {
  const ids = await listFolders('labs');
  const selected = ids.filter(
    (id) => wanted === null || id === wanted || id.startsWith(`${wanted}-`),
  );
  if (selected.length > 0) return selected;
  throw new Error(`There is no lab "${wanted}". There are: ${ids.join(', ')}.`);
}

/** The untouched start, the solution and every wrong answer of a lab, each as a whole set of files. */
export async function readAnswers(lab: string): Promise<Answer[]> {
  const folder = path.join('labs', lab);
  const start = await readFolderFiles(path.join(folder, 'start'));
  const changed = await readFolderFiles(path.join(folder, 'solution'));
  const wrong = await listFolders(path.join(folder, 'wrong'));
  return [
    { lab, name: 'start', files: start, expected: { result: 'fail', check: null } },
    {
      lab,
      name: 'solution',
      files: { ...start, ...changed },
      expected: { result: 'pass', check: null },
    },
    ...(await Promise.all(wrong.map((name) => readWrongAnswer(lab, name, start)))),
  ];
}

/** The first of all answers that must end alike: start, solution, and one wrong answer for each check of a lab. */
export function oneForEachCheck(answers: readonly Answer[]): Answer[] {
  const byEnd = Map.groupBy(
    answers,
    ({ lab, expected }) => `${lab} ${expected.result} ${expected.check}`,
  );
  return [...byEnd.values()].flatMap((alike) => alike.slice(0, 1));
}

async function readWrongAnswer(lab: string, name: string, start: LabFiles): Promise<Answer> {
  const folder = path.join('labs', lab, 'wrong', name);
  const { 'expected.json': expected = '', ...changed } = await readFolderFiles(folder);
  const { check } = expectedFailureSchema.parse(JSON.parse(expected));
  const files = { ...start, ...changed };
  return { lab, name: `wrong/${name}`, files, expected: { result: 'fail', check } };
}

async function listFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}
