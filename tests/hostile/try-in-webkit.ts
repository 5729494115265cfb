import { openWebKit } from '../support/webkit.ts';
import { tryAll } from './try-all.ts';

/** Every sample in the distribution's WebKitGTK: `node tests/hostile/try-in-webkit.ts [name]`. */
const faults = await tryAll(openWebKit, process.argv[2] ?? '');
process.exitCode = faults > 0 ? 1 : 0;
