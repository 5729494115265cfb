import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** The texts that the content lint reads; names are relative to the project. */
export interface ContentTexts {
  readonly root: string;
  readonly courses: ReadonlyMap<string, string>;
  readonly lessons: ReadonlyMap<string, string>;
  readonly briefs: ReadonlyMap<string, string>;
  readonly paths: ReadonlyMap<string, string>;
  /** Files of content/ that no page is made from. */
  readonly strays: readonly string[];
  readonly sources: string;
  readonly glossary: string;
  readonly labs: readonly string[];
}

/** Reads content/ and the briefs of the labs. */
export async function readContent(root: string, labs: readonly string[]): Promise<ContentTexts> {
  const files = await listFiles(path.join(root, 'content'));
  const isCourse = (file: string) => /^[^/]+\/index\.mdx$/.test(file);
  const isLesson = (file: string) => /^[^/]+\/\d\d-[a-z0-9-]+\.mdx$/.test(file);
  const isPath = (file: string) => /^paths\/[a-z0-9-]+\.yaml$/.test(file);
  const isKnown = (file: string) =>
    isCourse(file) || isLesson(file) || isPath(file) || /^(sources|glossary)\.yaml$/.test(file);
  const read = (names: string[]) => readAll(root, names);
  return {
    root,
    courses: await read(files.filter(isCourse).map(inContent)),
    lessons: await read(files.filter(isLesson).map(inContent)),
    paths: await read(files.filter(isPath).map(inContent)),
    briefs: await read(labs.map((lab) => `labs/${lab}/brief.mdx`)),
    strays: files.filter((file) => !isKnown(file)).map(inContent),
    sources: await readFile(path.join(root, 'content/sources.yaml'), 'utf8'),
    glossary: await readFile(path.join(root, 'content/glossary.yaml'), 'utf8'),
    labs,
  };
}

function inContent(file: string): string {
  return `content/${file}`;
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join('/'))
    .toSorted();
}

/** A missing file reads as empty: what must be in it is then reported as missing. */
async function readAll(root: string, names: string[]): Promise<Map<string, string>> {
  const texts = await Promise.all(
    names.map((name) => readFile(path.join(root, name), 'utf8').catch(missingAsEmpty)),
  );
  return new Map(names.map((name, index) => [name, texts[index] ?? '']));
}

function missingAsEmpty(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}
