import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openEngine } from './engine.ts';
import { makeModel } from './make-model.ts';
import { RECIPES, recipeNamed } from './recipes.ts';

// npm run models:train [name] [-- --engine native --steps 200 --out some/folder]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: 'string', default: 'wasm' },
    steps: { type: 'string' },
    out: { type: 'string', default: 'models' },
  },
});
if (values.engine !== 'wasm' && values.engine !== 'native') {
  throw new Error(
    `--engine is "${values.engine}"; it must be wasm (the committed bytes) or native (quicker).`,
  );
}

const REPORT_EVERY = 50;
const recipes = positionals.length > 0 ? positionals.map(recipeNamed) : RECIPES;
for (const known of recipes) {
  const recipe = values.steps ? { ...known, steps: Number(values.steps) } : known;
  const engine = await openEngine(values.engine);
  console.log(
    `${recipe.name} ${recipe.version}: ${recipe.steps} steps of ${recipe.batch} examples on ${engine.name}`,
  );
  let sum = 0;
  const onStep = (step: number, loss: number): void => {
    sum += loss;
    if (step % REPORT_EVERY !== 0) return;
    console.log(`step ${step}  loss ${(sum / REPORT_EVERY).toFixed(4)}`);
    sum = 0;
  };
  const made = await makeModel(recipe, engine, { onStep });
  const folder = `${values.out}/${recipe.name}`;
  await mkdir(folder, { recursive: true });
  for (const [path, content] of Object.entries(made.files))
    await writeFile(`${folder}/${path}`, content);
  const { files, training, evaluation } = made.manifest;
  const { bytes, sha256 } = files.model;
  console.log(`${bytes} bytes, sha256 ${sha256}\n${JSON.stringify(evaluation)}`);
  const examples = (training.steps * training.batch) / training.wallSeconds;
  const speed =
    recipe.task === 'generate'
      ? `${Math.round(examples * recipe.shape.maxTokens)} tokens a second`
      : `${Math.round(examples)} examples a second`;
  console.log(`${training.wallSeconds} s of training, ${speed}`);
}
