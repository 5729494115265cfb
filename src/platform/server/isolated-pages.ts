import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { labSchema } from '#labs/definition.ts';
import type { IsolatedPages } from './headers.ts';

/** Drives both pod hosts through one suite; see `npm run test:webcontainer`. */
const HOSTS_PAGE = '/labs/hosts/';

/** The pages of the labs under `root` that name the host webcontainer, and the page that tests it. */
export async function findIsolatedPages(root: string): Promise<IsolatedPages> {
  const entries = await readdir(root, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const pages = await Promise.all(
    folders.map(async (id) => {
      const text = await readFile(path.join(root, id, 'lab.json'), 'utf8');
      const { hosts } = labSchema.parse(JSON.parse(text));
      return hosts.includes('webcontainer') ? [`/labs/${id}/`] : [];
    }),
  );
  return new Set([HOSTS_PAGE, ...pages.flat()]);
}
