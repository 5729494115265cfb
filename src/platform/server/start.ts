import { pathToFileURL } from 'node:url';
import { serverFile } from '../build/server.ts';
import { buildSiteIfStale } from '../build/site.ts';
import { parseEnv } from '../env.ts';

// Builds the site where it is not there yet or out of date, then runs the server that was built with it.
const { DAY2_DIST } = parseEnv(process.env);
await buildSiteIfStale(DAY2_DIST);
await import(pathToFileURL(serverFile(DAY2_DIST)).href);
