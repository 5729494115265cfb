import { getEntry, type CollectionEntry } from 'astro:content';
import { listLabIds, loadChecks, loadLab } from '#labs/catalogue.ts';
import type { LabCheck } from '#labs/check-context.ts';
import type { LabDefinition } from '#labs/definition.ts';
import type { LabFiles } from '#labs/files.ts';

/** What a page says about a lab before it is started. */
export interface LabPage extends Omit<LabDefinition, 'checks'> {
  readonly id: string;
  readonly brief: CollectionEntry<'briefs'> | undefined;
  /** In the order in which they run. */
  readonly checks: readonly LabCheck[];
  /** Files open at the start first, then the rest by name. */
  readonly startFiles: readonly StartFile[];
}

interface StartFile {
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

/** Reads one lab; rejects when there is none of that id. */
export async function getLabPage(id: string): Promise<LabPage> {
  const { definition, start } = await loadLab(id);
  return {
    ...definition,
    id,
    brief: await getEntry('briefs', id),
    checks: await loadChecks(id),
    startFiles: listStartFiles(definition, start),
  };
}

/** Every lab's definition with its id, by id. */
export async function listLabs(): Promise<(LabDefinition & { readonly id: string })[]> {
  const labs = await Promise.all(listLabIds().map((id) => loadLab(id)));
  return labs.map(({ id, definition }) => ({ ...definition, id }));
}

function listStartFiles(lab: LabDefinition, start: LabFiles): StartFile[] {
  const opened = lab.open.filter((path) => path in start);
  const rest = Object.keys(start)
    .filter((path) => !opened.includes(path))
    .toSorted();
  return [...opened, ...rest].map((path) => ({
    path,
    text: start[path] ?? '',
    language: languages[path.split('.').at(-1) ?? ''] ?? 'yaml',
    isEditable: lab.editable.includes(path),
  }));
}
