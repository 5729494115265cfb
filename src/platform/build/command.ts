import { parseEnv } from '../env.ts';
import { buildSiteIfStale } from './site.ts';

await buildSiteIfStale(parseEnv(process.env).DAY2_DIST);
