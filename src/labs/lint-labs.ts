import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from '#platform/problem.ts';
import { DEPLOY_CHECK_ID } from './deploy-check-id.ts';
import { labSchema, type LabDefinition } from './definition.ts';
import { expectedFailureSchema } from './expected-failure.ts';
import { parseJsonFile } from './lint/json-problems.ts';

/** Every problem of every lab folder under `root` (`labs`), with its file and its repair; empty when all is well. */
export async function lintLabs(root: string): Promise<readonly Problem[]> {
  const ids = await listFolders(root);
  return (await Promise.all(ids.map((id) => lintLab(path.join(root, id))))).flat();
}

async function lintLab(folder: string): Promise<readonly Problem[]> {
  const file = path.join(folder, 'lab.json');
  if (!existsSync(file)) {
    return [
      {
        file,
        message: 'The lab has no lab.json.',
        repair: 'Copy one from another lab and change it.',
      },
    ];
  }
  const parsed = parseJsonFile(file, await readFile(file, 'utf8'), labSchema);
  const shape = [
    ...missingParts(folder),
    ...(await lintWrongAnswers(folder, parsed.ok ? parsed.value.checks : null)),
  ];
  if (!parsed.ok) return [...parsed.problems, ...shape];
  return [...missingFiles(folder, parsed.value), ...missingModels(folder, parsed.value), ...shape];
}

function missingParts(folder: string): Problem[] {
  const parts = {
    'brief.mdx': 'the brief',
    start: 'the files to start with',
    solution: 'the files that differ in a solved lab',
    wrong: 'wrong answers',
  };
  return Object.entries(parts)
    .filter(([name]) => !existsSync(path.join(folder, name)))
    .map(([name, meaning]) => ({
      file: path.join(folder, name),
      message: `The lab has no ${name}.`,
      repair: `Add ${meaning}; docs/authoring-labs.md says what belongs there.`,
    }));
}

function missingFiles(folder: string, lab: LabDefinition): Problem[] {
  const wanted = [
    ...lab.open.map((name) => ['open', `start/${name}`] as const),
    ...lab.editable.map((name) => ['editable', `start/${name}`] as const),
    ...Object.values(lab.images).map((name) => ['images', `start/${name}`] as const),
    ...lab.checks.map((id) => ['checks', `checks/${id}.ts`] as const),
    ...lab.settings.map((name) => ['settings', `start/${name}`] as const),
    ...Object.entries(lab.shaders)
      .flatMap(([name, before]) => [name, ...before])
      .map((name) => ['shaders', `start/${name}`] as const),
    ...(lab.settings.length > 0 ? [['settings', 'settings.ts'] as const] : []),
  ];
  return wanted
    .filter(([, name]) => !existsSync(path.join(folder, name)))
    .map(([field, name]) => ({
      file: path.join(folder, 'lab.json'),
      field,
      message: `It names ${name}, which is not in the lab's folder.`,
      repair: `Add ${path.join(folder, name)} or take the name out of ${field}.`,
    }));
}

function missingModels(folder: string, lab: LabDefinition): Problem[] {
  const models = path.join(path.dirname(path.dirname(path.resolve(folder))), 'models');
  return lab.models
    .filter((name) => !existsSync(path.join(models, name, 'manifest.json')))
    .map((name) => ({
      file: path.join(folder, 'lab.json'),
      field: 'models',
      message: `There is no models/${name}/manifest.json.`,
      repair: 'Name a model of the folder models/, or train it first.',
    }));
}

async function lintWrongAnswers(
  folder: string,
  checks: readonly string[] | null,
): Promise<Problem[]> {
  const root = path.join(folder, 'wrong');
  if (!existsSync(root)) return [];
  const names = await listFolders(root);
  return (
    await Promise.all(names.map((name) => lintWrongAnswer(path.join(root, name), checks)))
  ).flat();
}

async function lintWrongAnswer(
  folder: string,
  checks: readonly string[] | null,
): Promise<readonly Problem[]> {
  const file = path.join(folder, 'expected.json');
  if (!existsSync(file)) {
    const message = 'Nothing says at which check this wrong answer must fail.';
    return [
      { file, message, repair: 'Write {"check": "<check id>", "why": "<what is wrong with it>"}.' },
    ];
  }
  const parsed = parseJsonFile(file, await readFile(file, 'utf8'), expectedFailureSchema);
  if (!parsed.ok) return parsed.problems;
  const { check } = parsed.value;
  if (!checks || [DEPLOY_CHECK_ID, ...checks].includes(check)) return [];
  const repair = `Name one of: ${[DEPLOY_CHECK_ID, ...checks].join(', ')}.`;
  return [{ file, field: 'check', message: `The lab has no check "${check}".`, repair }];
}

async function listFolders(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}
