import { isDeepStrictEqual, parseArgs } from 'node:util';
import { measureCommitted, statedFigures } from './measure-committed.ts';
import { readCommitted } from './read-committed.ts';
import { RECIPES, recipeNamed } from './recipes.ts';

// npm run models:eval [name]: measures the committed files again and fails when the manifest says otherwise.
const { positionals } = parseArgs({ allowPositionals: true });
let differences = 0;
for (const recipe of positionals.length > 0 ? positionals.map(recipeNamed) : RECIPES) {
  const stated = statedFigures((await readCommitted(recipe.name)).manifest);
  const found = await measureCommitted(recipe);
  for (const set of Object.keys(stated)) {
    const isSame = isDeepStrictEqual(found[set], stated[set]);
    if (!isSame) differences += 1;
    console.log(
      `${recipe.name} ${set}: ${JSON.stringify(found[set])}, ${isSame ? 'as stated' : `the manifest says ${JSON.stringify(stated[set])}`}`,
    );
  }
}
process.exitCode = differences === 0 ? 0 : 1;
