import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseManifest } from '../manifest.ts';
import { openTokenizer } from '../tokenizer.ts';
import { openEngine } from './engine.ts';
import { measure, type MeasuredSet } from './measure.ts';
import { RECIPES } from './recipes.ts';

// npm run models:eval [name]: measures the committed files again and fails when the manifest says otherwise.
const { positionals } = parseArgs({ allowPositionals: true });
const engine = await openEngine('wasm');
let differences = 0;
for (const name of positionals.length > 0 ? positionals : RECIPES.map((recipe) => recipe.name)) {
  const folder = `models/${name}`;
  const manifest = parseManifest(await readFile(`${folder}/manifest.json`, 'utf8'));
  const session = await engine.open(await readFile(`${folder}/${manifest.files.model.path}`), { asServed: true });
  const encoder = openTokenizer(JSON.parse(await readFile(`${folder}/${manifest.files.tokenizer.path}`, 'utf8')) as object);
  const results = await measure(session, encoder, manifest.maxTokens, manifest.training.dataSeed);
  await session.close();
  for (const set of Object.keys(results) as MeasuredSet[]) {
    const [found, stated] = [results[set].evaluation, manifest.evaluation[set]];
    const isSame = JSON.stringify(found) === JSON.stringify(stated);
    if (!isSame) differences += 1;
    console.log(`${name} ${set}: ${(found.accuracy * 100).toFixed(2)} % of ${found.examples}, ${isSame ? 'as stated' : `manifest says ${(stated.accuracy * 100).toFixed(2)} %`}`);
  }
}
process.exitCode = differences === 0 ? 0 : 1;
