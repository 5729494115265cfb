import { enableCompileCache, flushCompileCache } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { serverFile } from '../build/server.ts';
import { buildSiteIfStale } from '../build/site.ts';

// Builds the site where it is not there yet or out of date, then runs the server that was built with it.
// The server parses the environment; loading the parser here too would be a tenth of a start.
const dist = process.env['DAY2_DIST'] || 'dist';
await buildSiteIfStale(dist, async () => {
  const { readEnv } = await import('../env.ts');
  readEnv();
});
// What V8 made of the file, for the next start. Where it cannot be written nothing is lost but time.
enableCompileCache(path.resolve(dist, 'server', 'compiled'));
await import(pathToFileURL(serverFile(dist)).href);
flushCompileCache();
