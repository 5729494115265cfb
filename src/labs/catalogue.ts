import type { LabCheck } from './check-context.ts';
import { labSchema, type LabDefinition } from './definition.ts';
import { deployCheck } from './deploy-check.ts';
import type { LabFiles } from './files.ts';
import type { LabScenario } from './lab-scenario.ts';
import type { LabSettings } from './read-settings.ts';

/** One lab as it is opened: its definition and the files it starts with. */
export interface Lab {
  /** Folder name in `labs/`. */
  readonly id: string;
  readonly definition: LabDefinition;
  readonly start: LabFiles;
}

type TextLoaders = Readonly<Record<string, () => Promise<string>>>;

const definitions = import.meta.glob<unknown>('/labs/*/lab.json', { import: 'default' });
const starts: TextLoaders = import.meta.glob<string>('/labs/*/start/**/*', {
  query: '?raw',
  import: 'default',
});
const solutions: TextLoaders = import.meta.glob<string>('/labs/*/solution/**/*', {
  query: '?raw',
  import: 'default',
});
const checks = import.meta.glob<LabCheck>(['/labs/*/checks/*.ts', '!**/*.test.ts'], {
  import: 'default',
});

const settings = import.meta.glob<LabSettings>('/labs/*/settings.ts', { import: 'settings' });
const scenarios = import.meta.glob<LabScenario>('/labs/*/scenario.ts', { import: 'scenario' });

/** Ids of every lab, in order. */
export function listLabIds(): string[] {
  return Object.keys(definitions)
    .map((file) => file.split('/')[2] ?? '')
    .toSorted();
}

/** The lab of that id. Rejects when there is none or its lab.json is not valid. */
export async function loadLab(id: string): Promise<Lab> {
  const load = definitions[`/labs/${id}/lab.json`];
  if (!load) throw new Error(`There is no lab "${id}". There are: ${listLabIds().join(', ')}.`);
  const [definition, start] = await Promise.all([load(), loadFiles(starts, `/labs/${id}/start/`)]);
  return { id, definition: labSchema.parse(definition), start };
}

/** The whole set of files of a solved lab: the start with the solution's files over it. */
export async function loadSolution(id: string): Promise<LabFiles> {
  const [{ start }, changed] = await Promise.all([
    loadLab(id),
    loadFiles(solutions, `/labs/${id}/solution/`),
  ]);
  return { ...start, ...changed };
}

/** The schemas of a lab's own YAML files by path; empty when all of them are manifests. */
export async function loadSettings(id: string): Promise<LabSettings> {
  return (await settings[`/labs/${id}/settings.ts`]?.()) ?? {};
}

/** What the learner may try in virtual time before checking, or null when the lab has no scenario. */
export async function loadScenario(id: string): Promise<LabScenario | null> {
  return (await scenarios[`/labs/${id}/scenario.ts`]?.()) ?? null;
}

/** The checks of a grade in order; the first, for every lab, is that the files deploy. */
export async function loadChecks(id: string): Promise<readonly LabCheck[]> {
  const { definition } = await loadLab(id);
  const own = await Promise.all(definition.checks.map((check) => loadCheck(id, check)));
  return [deployCheck, ...own];
}

async function loadCheck(lab: string, check: string): Promise<LabCheck> {
  const file = `/labs/${lab}/checks/${check}.ts`;
  const load = checks[file];
  if (!load)
    throw new Error(`labs/${lab}/lab.json names the check "${check}", but ${file} is missing.`);
  return load();
}

async function loadFiles(loaders: TextLoaders, folder: string): Promise<LabFiles> {
  const inside = Object.entries(loaders).filter(([file]) => file.startsWith(folder));
  const texts = await Promise.all(
    inside.map(async ([file, load]) => [file.slice(folder.length), await load()] as const),
  );
  return Object.fromEntries(texts);
}
