import { openFirefox } from '../support/firefox.ts';
import { tryAll } from './try-all.ts';

/** Every sample in the distribution's Firefox ESR: `node tests/hostile/try-in-firefox.ts [name]`. */
const faults = await tryAll(openFirefox, process.argv[2] ?? '');
process.exitCode = faults > 0 ? 1 : 0;
