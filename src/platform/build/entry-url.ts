import type { Plugin } from 'vite';

const QUERY = '?entry-url';

/**
 * Vite plugin: `import url from './x.ts?entry-url'` gives the URL of x.ts built as an entry of its own,
 * to be imported when it is needed. A plain `import()` would put the entry's style sheets on every page
 * that holds it, because Astro links what a page's scripts can reach, and Vite's preload helper with them.
 */
export function entryUrls(): Plugin {
  let isServe = false;
  let root = '';
  return {
    name: 'day-two:entry-url',
    enforce: 'pre',
    configResolved(config) {
      isServe = config.command === 'serve';
      root = config.root;
    },
    async resolveId(source, importer) {
      if (!source.endsWith(QUERY)) return null;
      const file = source.slice(0, -QUERY.length);
      const resolved = await this.resolve(file, importer, { skipSelf: true });
      if (!resolved) throw new Error(`Cannot find ${file}, imported by ${importer ?? 'an entry'}.`);
      return resolved.id + QUERY;
    },
    load(id) {
      if (!id.endsWith(QUERY)) return null;
      const file = id.slice(0, -QUERY.length);
      if (isServe) return `export default ${JSON.stringify(file.slice(root.length))};`;
      const reference = this.emitFile({ type: 'chunk', id: file, preserveSignature: 'strict' });
      return { code: `export default import.meta.ROLLUP_FILE_URL_${reference};`, moduleType: 'js' };
    },
  };
}
