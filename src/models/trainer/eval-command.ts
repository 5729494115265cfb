import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseManifest } from '../manifest.ts';
import { measureCommitted } from './measure-committed.ts';
import { RECIPES } from './recipes.ts';

// npm run models:eval [name]: measures the committed files again and fails when the manifest says otherwise.
const { positionals } = parseArgs({ allowPositionals: true });
let differences = 0;
for (const name of positionals.length > 0 ? positionals : RECIPES.map((recipe) => recipe.name)) {
  const manifest = parseManifest(await readFile(`models/${name}/manifest.json`, 'utf8'));
  const found: Record<string, object> = await measureCommitted(`models/${name}`, manifest);
  const stated: Record<string, object> = manifest.evaluation;
  for (const set of Object.keys(stated)) {
    const isSame = JSON.stringify(found[set]) === JSON.stringify(stated[set]);
    if (!isSame) differences += 1;
    console.log(
      `${name} ${set}: ${JSON.stringify(found[set])}, ${isSame ? 'as stated' : `the manifest says ${JSON.stringify(stated[set])}`}`,
    );
  }
}
process.exitCode = differences === 0 ? 0 : 1;
