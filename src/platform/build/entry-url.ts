import type { Plugin, Rolldown } from 'vite';

const QUERY = '?entry-url';

/**
 * Vite plugin: `import url from './x.ts?entry-url'` gives the URL of x.ts built as an entry of its own,
 * to be imported when it is needed. A plain `import()` would put the entry's style sheets on every page
 * that holds it, because Astro links what a page's scripts can reach, and Vite's preload helper with them.
 */
export function entryUrls(): Plugin {
  const entries = new Set<string>();
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
      entries.add(reference);
      return { code: `export default import.meta.ROLLUP_FILE_URL_${reference};`, moduleType: 'js' };
    },
    generateBundle(_options, bundle) {
      for (const reference of entries) keepStyles(this.getFileName(reference), bundle);
    },
  };
}

/** Astro deletes style sheets that belong to no page; one that a chunk names as an asset stays. */
function keepStyles(entry: string, bundle: Rolldown.OutputBundle): void {
  const reached = new Set([entry]);
  for (const file of reached) {
    const chunk = bundle[file];
    if (chunk?.type !== 'chunk') continue;
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) reached.add(next);
    for (const style of chunk.viteMetadata?.importedCss ?? []) {
      chunk.viteMetadata?.importedAssets.add(style);
    }
  }
}
