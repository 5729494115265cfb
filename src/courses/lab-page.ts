import { getEntry } from 'astro:content';
import type { CollectionEntry } from 'astro:content';
import type { LabCheck } from '#labs/check-context.ts';
import type { LabDefinition } from '#labs/definition.ts';

export interface LabPage extends Omit<LabDefinition, 'checks'> {
  readonly id: string;
  readonly brief: CollectionEntry<'briefs'> | undefined;
  /** In the order in which they run. */
  readonly checks: readonly Pick<LabCheck, 'id' | 'title' | 'instruction' | 'points'>[];
  /** Files open at the start first, then the rest by name. */
  readonly startFiles: readonly StartFile[];
}

export interface StartFile {
  readonly path: string;
  readonly text: string;
  readonly language: 'ts' | 'yaml' | 'json' | 'wgsl' | 'md';
  readonly isEditable: boolean;
}

const languages: Readonly<Record<string, StartFile['language']>> = {
  ts: 'ts',
  json: 'json',
  wgsl: 'wgsl',
  md: 'md',
};

const startTexts = import.meta.glob<string>('/labs/*/start/**/*', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const checkModules = import.meta.glob<LabCheck>('/labs/*/checks/*.ts', { import: 'default' });

/** Everything a page says about a lab before it is started; throws when there is no such lab. */
export async function getLabPage(id: string): Promise<LabPage> {
  const lab = await getEntry('labs', id);
  if (!lab) throw new Error(`<LabLaunch id="${id}">: there is no labs/${id}/lab.json.`);
  return {
    ...lab.data,
    id,
    brief: await getEntry('briefs', id),
    checks: await Promise.all(lab.data.checks.map((check) => loadCheck(id, check))),
    startFiles: listStartFiles(id, lab.data),
  };
}

async function loadCheck(lab: string, check: string): Promise<LabCheck> {
  const file = `/labs/${lab}/checks/${check}.ts`;
  const load = checkModules[file];
  if (!load)
    throw new Error(`labs/${lab}/lab.json names the check ${check}, but ${file} is missing.`);
  return load();
}

function listStartFiles(id: string, lab: LabDefinition): StartFile[] {
  const folder = `/labs/${id}/start/`;
  const paths = Object.keys(startTexts)
    .filter((file) => file.startsWith(folder))
    .map((file) => file.slice(folder.length));
  const opened = lab.open.filter((path) => paths.includes(path));
  const rest = paths.filter((path) => !opened.includes(path)).toSorted();
  return [...opened, ...rest].map((path) => ({
    path,
    text: startTexts[folder + path] ?? '',
    language: languages[path.split('.').at(-1) ?? ''] ?? 'yaml',
    isEditable: lab.editable.includes(path),
  }));
}
